// SPDX-License-Identifier: Apache-2.0
// What the console does in the browser without asking the server. Elements say what they do by data attributes; there
// is one listener for each kind of event, so that parts of a page can be replaced.
'use strict';
const harbor = (function () {
  const YEAR = 365 * 24 * 3600;

  function remember(name, value) {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${name}=${value}; Path=/harbor; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  }

  function open(id) {
    const dialog = document.getElementById(id);
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  // What a dialog is about, where one dialog serves several rows.
  function fill(id, value) {
    if (value !== undefined) {
      document.getElementById(id).querySelectorAll('[data-filled]').forEach((element) => {
        element[element.localName === 'input' ? 'value' : 'textContent'] = value;
      });
    }
  }

  function choose(button) {
    const box = button.closest('[data-tools]');
    box.querySelectorAll('[data-tool]').forEach((other) => other.setAttribute('aria-pressed', other === button));
    box.querySelectorAll('[data-for-tool]').forEach((command) => {
      command.dataset.shown = command.dataset.forTool === button.dataset.tool;
    });
    remember('harbor-tool', button.dataset.tool);
  }

  function announce(text) {
    document.getElementById('announcer').textContent = text;
  }

  async function copy(button) {
    const text = button.dataset.copy;
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else { // a page without TLS
      const area = document.createElement('textarea');
      area.value = text;
      button.after(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    announce(document.getElementById('announcer').dataset.copied);
    button.dataset.done = '';
    setTimeout(() => { delete button.dataset.done; announce(''); }, 2000);
  }

  function drawer(isOpen) {
    const button = document.querySelector('[data-drawer]');
    document.body.classList.toggle('drawer-open', isOpen);
    button.setAttribute('aria-expanded', isOpen);
  }

  const clicks = {
    opens: (element) => {
      fill(element.dataset.opens, element.dataset.fill);
      open(element.dataset.opens);
    },
    closes: (element) => element.closest('dialog').close(),
    copy: (element) => copy(element),
    tool: (element) => choose(element),
    dismiss: (element) => element.parentElement.remove(),
    drawer: () => drawer(!document.body.classList.contains('drawer-open')),
    toggleTheme: () => {
      const root = document.documentElement;
      root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
      remember('harbor-theme', root.dataset.theme);
    },
    language: (element) => {
      remember('harbor-language', element.dataset.language);
      location.reload();
    },
  };

  document.addEventListener('click', (event) => {
    const element = event.target.closest('[data-opens], [data-closes], [data-copy], [data-tool], [data-dismiss], [data-drawer],'
      + ' [data-toggle-theme], [data-language]');
    if (element) {
      clicks[Object.keys(clicks).find((name) => name in element.dataset)](element);
    } else if (document.body.classList.contains('drawer-open') && !event.target.closest('#menu')) {
      drawer(false);
    }
  });

  // Two rows that are ticked can be compared, the older one (further down) with the newer.
  function compareLink(link) {
    const ticked = [...document.querySelectorAll('input[name=selected]:checked')].map((box) => box.value);
    link.hidden = ticked.length !== 2;
    if (!link.hidden) {
      const whole = ticked.map((digest) => `${link.dataset.repository}@${digest}`);
      link.href = `${link.dataset.compare}?${new URLSearchParams({ a: whole[1], b: whole[0] })}`;
    }
  }

  // What a bar offers for the rows that are ticked.
  function selection() {
    const bar = document.querySelector('[data-selection]');
    if (bar) {
      const chosen = document.querySelectorAll('input[name=selected]:checked').length;
      const count = bar.querySelector('[data-selected]');
      bar.hidden = chosen === 0;
      count.textContent = count.dataset.selected.replace('{0}', chosen);
      compareLink(bar.querySelector('[data-compare]'));
    }
  }
  document.addEventListener('change', (event) => {
    if (event.target.name === 'selected') {
      selection();
    }
  });
  window.addEventListener('pageshow', selection); // the browser remembers ticks when one comes back

  // Layers light up where they are drawn and where they were made.
  function light(event) {
    const box = event.target.closest && event.target.closest('[data-layers]');
    if (box) {
      const over = event.type === 'mouseover' && event.target.closest('[data-layer]');
      box.querySelectorAll('[data-layer]').forEach((element) => {
        element.classList.toggle('lit', Boolean(over) && over.dataset.layer !== '-1'
          && element.dataset.layer === over.dataset.layer);
      });
    }
  }
  document.addEventListener('mouseover', light);
  document.addEventListener('mouseout', light);

  document.addEventListener('keydown', (event) => {
    const search = document.getElementById('search');
    if (search && event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === 'Escape') {
      drawer(false);
    }
  });

  // Select elements of a GET form take effect at once.
  document.addEventListener('change', (event) => {
    if (event.target.form && event.target.matches('[data-submits]')) {
      event.target.form.requestSubmit();
    }
  });

  // User names that contain what is typed, to choose from.
  let asking;
  document.addEventListener('input', (event) => {
    const field = event.target;
    if (field.dataset.suggests !== undefined) {
      clearTimeout(asking);
      asking = setTimeout(async () => {
        const answer = field.value === '' ? null
          : await fetch(`/api/v2.0/users/search?${new URLSearchParams({ username: field.value, page_size: 10 })}`);
        const found = answer && answer.ok ? await answer.json() : [];
        // the form may have been sent meanwhile, and the field with its list be another one
        field.list?.replaceChildren(...found.map((user) => new Option('', user.username)));
      }, 200);
    }
  });

  // A form that could not be sent, or was not answered, says so: else a click would seem to do nothing at all.
  function tellTrouble(request) {
    const toast = document.getElementById('trouble').content.firstElementChild.cloneNode(true);
    const words = toast.querySelector('[data-failed]');
    const id = request.status === 0 ? null : request.getResponseHeader('X-Request-Id');
    words.textContent = request.status === 0 ? words.dataset.offline : words.dataset.failed;
    if (id !== null) {
      const small = document.createElement('small');
      small.textContent = `${words.dataset.request} ${id}`;
      words.append(small);
    }
    document.querySelectorAll('.toast.trouble').forEach((former) => former.remove());
    // an open dialog covers everything else
    (document.querySelector('dialog[open] .problems') ?? document.getElementById('toasts')).append(toast);
  }
  // PrimeFaces leaves the button of such a form disabled.
  function enableButtons() {
    document.querySelectorAll('.ui-button.ui-state-loading').forEach((button) => {
      const widget = PrimeFaces.getWidgetById(button.id);
      if (widget) {
        PrimeFaces.buttonEndAjaxDisabled(widget, widget.jq);
      }
    });
  }
  window.jQuery?.(document).on('pfAjaxError', (event, request) => {
    tellTrouble(request);
    setTimeout(enableButtons, 0);
  });

  // What a form would find is looked up as it is typed, by the button that does it on demand.
  // Leaving a field tells of a change once more: what was looked up already is not again.
  let looking;
  let looked;
  function look(form) {
    clearTimeout(looking);
    looking = setTimeout(() => {
      const values = [...form.querySelectorAll('[data-previewed] :is(input, select)')].map((field) => field.value)
        .join('\n');
      if (values !== looked) {
        looked = values;
        document.getElementById(form.dataset.previews)?.click();
      }
    }, 500);
  }
  function lookSoon(event) {
    const field = event.target;
    if (field.closest && field.closest('[data-previewed]') && field.closest('[data-previews]')) {
      look(field.closest('[data-previews]'));
    }
  }
  document.addEventListener('input', lookSoon);
  document.addEventListener('change', lookSoon);
  document.querySelectorAll('[data-previews]').forEach(look);

  // Parameters that are empty make the address no clearer.
  document.addEventListener('submit', (event) => {
    if (event.target.method === 'get') {
      for (const field of event.target.elements) {
        field.disabled = field.disabled || field.value === '';
      }
    }
  });

  // What changes without anybody doing anything here is looked at again every so many seconds.
  const refreshed = document.querySelector('[data-refresh]');
  if (refreshed) {
    setInterval(() => {
      if (!document.hidden && !isBusy() && Date.now() - lastTouch < SOMEBODY_IS_THERE) {
        renew().catch(() => { /* the server is away for a moment */ });
      }
    }, refreshed.dataset.refresh * 1000);
  }

  // Where tabs do not fit side by side, the one that is shown is seen.
  document.querySelectorAll('.tabs [aria-current=page]').forEach((tab) => {
    tab.scrollIntoView({ block: 'nearest', inline: 'center' });
  });

  // The dialog that the address asks for opens once: going back to the page, or reloading it, asks for nothing.
  document.querySelectorAll('dialog[data-asked=true]').forEach((dialog) => {
    open(dialog.id);
    const address = new URL(location.href);
    address.searchParams.delete('do');
    address.searchParams.delete('of');
    history.replaceState(history.state, '', address);
  });

  // New pushes appear by themselves: while the page is seen and somebody is there, it asks whether what it shows has
  // changed, and if so loads itself anew and takes over the parts that change.
  const ASK_EVERY = 4000;
  const SOMEBODY_IS_THERE = 15 * 60 * 1000;
  let lastTouch = Date.now();
  ['pointermove', 'keydown', 'scroll'].forEach((type) => {
    document.addEventListener(type, () => { lastTouch = Date.now(); }, { passive: true });
  });

  function isBusy() {
    const selected = document.getSelection();
    return document.querySelector('dialog[open], input[name=selected]:checked') !== null
      || (!selected.isCollapsed && selected.anchorNode.parentElement?.closest('[data-follows]') !== null);
  }

  // A log shows its end, unless somebody has scrolled up to read.
  function follow(box, before) {
    const atEnd = !before || before.scrollTop + before.clientHeight >= before.scrollHeight - 4;
    box.scrollTop = atEnd ? box.scrollHeight : before.scrollTop;
  }
  document.querySelectorAll('[data-follows]').forEach((box) => follow(box, null));

  // The fresh part takes the place of the one that is shown: what has the focus keeps it, what is scrolled stays so.
  function takeOver(part, fresh) {
    const focus = part.contains(document.activeElement) ? document.activeElement.id : '';
    const logs = [...part.querySelectorAll('[data-follows]')].map((box) => ({ id: box.id,
      scrollTop: box.scrollTop, clientHeight: box.clientHeight, scrollHeight: box.scrollHeight }));
    part.replaceWith(document.adoptNode(fresh));
    fresh.querySelectorAll('[data-follows]').forEach((box) => follow(box, logs.find((log) => log.id === box.id)));
    if (focus !== '') {
      document.getElementById(focus)?.focus({ preventScroll: true });
    }
  }

  async function renew() {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) {
      return false;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.querySelectorAll('[data-live], [data-live-part]').forEach((part) => {
      const fresh = page.getElementById(part.id);
      if (fresh && !isBusy()) {
        takeOver(part, fresh);
      }
    });
    return true;
  }

  async function ask() {
    const part = document.querySelector('[data-live]');
    let goOn = part !== null;
    if (goOn && !document.hidden && !isBusy() && Date.now() - lastTouch < SOMEBODY_IS_THERE) {
      try {
        const answer = await fetch(`/harbor/live?${new URLSearchParams({ name: part.dataset.liveName })}`);
        goOn = answer.ok && (await answer.text() === part.dataset.live || await renew());
      } catch (unreachable) {
        // the server is away for a moment: the next question tells
      }
    }
    if (goOn) {
      askLater();
    }
  }

  function askLater() {
    setTimeout(ask, Number(document.querySelector('[data-live]')?.dataset.liveEvery ?? ASK_EVERY));
  }
  askLater();

  return { open, announce };
})();

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
    opens: (element) => open(element.dataset.opens),
    closes: (element) => element.closest('dialog').close(),
    copy: (element) => copy(element),
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
    const element = event.target.closest('[data-opens], [data-closes], [data-copy], [data-dismiss], [data-drawer],'
      + ' [data-toggle-theme], [data-language]');
    if (element) {
      clicks[Object.keys(clicks).find((name) => name in element.dataset)](element);
    } else if (document.body.classList.contains('drawer-open') && !event.target.closest('#menu')) {
      drawer(false);
    }
  });

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

  // Parameters that are empty make the address no clearer.
  document.addEventListener('submit', (event) => {
    if (event.target.method === 'get') {
      for (const field of event.target.elements) {
        field.disabled = field.disabled || field.value === '';
      }
    }
  });

  // The dialog that the address asks for opens once: going back to the page, or reloading it, asks for nothing.
  document.querySelectorAll('dialog[data-asked=true]').forEach((dialog) => {
    open(dialog.id);
    const address = new URL(location.href);
    address.searchParams.delete('do');
    address.searchParams.delete('of');
    history.replaceState(history.state, '', address);
  });

  return { open, announce };
})();

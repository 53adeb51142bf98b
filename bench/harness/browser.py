# SPDX-License-Identifier: Apache-2.0
"""Chromium without a window, spoken to in its DevTools protocol over two pipes."""
import json
import os
import subprocess
import time

STEP_SECONDS = 60


class Browser:
    def __init__(self, folder):
        to_browser, self.out = os.pipe()
        self.inn, from_browser = os.pipe()

        def pipes():
            # Chromium reads commands from descriptor 3 and writes to 4.
            first, second = os.dup(to_browser), os.dup(from_browser)
            os.dup2(first, 3)
            os.dup2(second, 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        self.process = subprocess.Popen(
            ['chromium', '--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--disable-gpu',
             '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
             f'--user-data-dir={folder}', '--window-size=1440,900', 'about:blank'],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pipes,
            close_fds=False)
        os.close(to_browser)
        os.close(from_browser)
        self.reader = os.fdopen(self.inn, 'rb', buffering=0)
        self.number, self.left, self.events = 0, b'', []
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network'):
            self.call(domain + '.enable')

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if getattr(self, 'session', None):
            message['sessionId'] = self.session
        os.write(self.out, json.dumps(message).encode() + b'\0')
        while True:
            answer = self._next()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]}')
                return answer['result']
            self.events.append(answer)

    def _next(self):
        while b'\0' not in self.left:
            part = self.reader.read(1 << 16)
            if not part:
                raise RuntimeError('chromium has ended')
            self.left += part
        message, _, self.left = self.left.partition(b'\0')
        return json.loads(message)

    def cookie(self, url, name, value):
        self.call('Network.setCookie', url=url, name=name, value=value)

    def forget_files(self):
        self.call('Network.clearBrowserCache')

    def open(self, url):
        """Opens a page and waits until it is loaded and painted; what the browser measured of it."""
        self.events.clear()
        if error := self.call('Page.navigate', url=url).get('errorText'):
            raise RuntimeError(f'{url}: {error}')
        deadline = time.monotonic() + STEP_SECONDS
        while time.monotonic() < deadline:
            found = self.evaluate("""(() => { const paint = performance.getEntriesByName('first-contentful-paint')[0];
                const files = performance.getEntriesByType('resource').filter(r => /\\.(js|css)(\\.xhtml)?(\\?|$)/
                    .test(r.name) || ['script', 'link'].includes(r.initiatorType));
                const page = performance.getEntriesByType('navigation')[0];
                return document.readyState !== 'complete' || !paint ? null : {
                    url: location.href, paint: paint.startTime, first: page.responseStart,
                    status: page.responseStatus, page: page.transferSize,
                    files: files.length, bytes: files.reduce((sum, r) => sum + r.transferSize, 0),
                    bodies: files.reduce((sum, r) => sum + r.encodedBodySize, 0)}; })()""")
            if found and found['url'] != 'about:blank':
                return found
            time.sleep(0.02)
        raise RuntimeError(f'{url} was not painted within {STEP_SECONDS} s')

    def evaluate(self, script):
        return self.call('Runtime.evaluate', expression=script, returnByValue=True)['result'].get('value')

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.close()
        os.close(self.out)

// SPDX-License-Identifier: Apache-2.0
// Before the first paint of the first visit: the browser's preference. Later visits bring a cookie, and the page comes
// with its theme.
'use strict';
(function () {
  const root = document.documentElement;
  if (!root.dataset.theme) {
    root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
})();

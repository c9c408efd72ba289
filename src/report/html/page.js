'use strict';
// The report is complete without this script, apart from the dossiers. It adds search, filters and order to the tables,
// shows long tables a page at a time, and opens the dossier of a requirement. It loads nothing and keeps nothing.
(() => {
  // No browser prints ten thousand rows; what is left out is said on the paper.
  const PAGE = 100, SHEETS = 1000, PRINTED = 500;
  // Words that have an order of their own, the most urgent first.
  const ORDER = ['fail', 'error', 'warning', 'info', 'gap', 'not assessed', 'waived', 'verified', 'none', 'cited', 'exists',
    'passes', 'asserts', 'executes', 'kills', 'errored', 'failed', 'skipped', 'no result', 'passed'];
  const NARROW = matchMedia('(max-width: 40rem)');
  const one = (query, at = document) => at.querySelector(query);
  const all = (query, at = document) => [...at.querySelectorAll(query)];
  const make = (tag, about = {}, ...inside) => {
    const { aria, ...own } = about, node = Object.assign(document.createElement(tag), own);
    for (const name in aria) node.setAttribute(`aria-${name}`, aria[name]);
    node.append(...inside);
    return node;
  };
  const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
  const facts = (id) => JSON.parse(one(id)?.textContent ?? 'null');

  // Rows are kept as the text that this report was written with: one line each, every word of an input escaped in it.
  const SIGNS = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  const plain = (html) => html.replace(/<[^>]*>/g, ' ').replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => SIGNS[sign]);
  // What a cell says without what stands below it in smaller letters.
  const cell = (row, at) => plain((row.split(/<t[dh](?: [^>]*)?>/)[at + 1] ?? '').split('<small')[0]).trim();

  class Table {
    constructor(box) {
      const source = one('noscript', box);
      if (source) {
        const lines = source.textContent.split('\n');
        this.rows = lines.slice(1, -1);
        box.innerHTML = lines[0] + lines[lines.length - 1];
      } else {
        this.rows = all('tbody > tr', box).map((row) => row.outerHTML.replaceAll('\n', ' '));
      }
      this.box = box;
      this.body = one('tbody', box);
      this.order = this.rows.map((_, at) => at);
      this.picks = new Map();
      this.words = [];
      this.page = 0;
      this.link = one(`nav a[href="#${box.closest('section').id}"] .n`);
      this.tools();
      all('thead th', box).forEach((head, at) => this.head(head, at));
      this.show();
      let width = one('.scroll', box).clientWidth;
      new ResizeObserver(([frame]) => {
        if (frame.target.clientWidth !== width) this.fit();
        width = frame.target.clientWidth;
      }).observe(one('.scroll', box));
    }

    tools() {
      const name = one('table', this.box).getAttribute('aria-label');
      this.count = make('span', { className: 'count', role: 'status' });
      this.before = make('button', { type: 'button', textContent: 'Previous', onclick: () => this.turn(-1), aria: { label: `Previous rows: ${name}` } });
      this.after = make('button', { type: 'button', textContent: 'Next', onclick: () => this.turn(1), aria: { label: `Next rows: ${name}` } });
      this.bar = make('div', { className: 'tools' }, this.count, this.before, this.after);
      this.box.prepend(this.bar);
    }

    head(head, at) {
      const name = head.textContent, values = head.dataset.values;
      head.dataset.name = name;
      head.replaceChildren(make('button', { type: 'button', textContent: name, onclick: () => this.sort(head, at) }));
      if (!values) return;
      const pick = make('select', { onchange: () => {
        this.picks.set(at, pick.value);
        this.filter(this.words);
      } }, make('option', { value: '', textContent: 'all' }), ...values.split('|').map((value) => make('option', { value, textContent: value })));
      this.before.before(make('label', {}, `${name}: `, pick));
    }

    sort(head, at) {
      const down = head.getAttribute('aria-sort') === 'ascending';
      all('th[aria-sort]', this.box).forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = (row) => {
        const text = cell(row, at).toLowerCase(), rank = ORDER.indexOf(text);
        return rank < 0 ? text.replace(/\d+/g, (digits) => digits.padStart(12, '0')) : `!${String(rank).padStart(3, '0')}`;
      };
      const keys = this.rows.map(key), sign = down ? -1 : 1;
      this.order = this.rows.map((_, at) => at).sort((a, b) => (keys[a] < keys[b] ? -sign : keys[a] > keys[b] ? sign : a - b));
      this.page = 0;
      this.show();
    }

    filter(words) {
      this.words = words;
      const picks = [...this.picks].filter(([, value]) => value);
      this.texts ??= plain(this.rows.join('\n')).toLowerCase().split('\n');
      const fits = (at) => words.every((word) => this.texts[at].includes(word))
        && picks.every(([column, value]) => cell(this.rows[at], column) === value);
      this.fitting = words.length || picks.length ? new Set(this.order.filter(fits)) : null;
      this.page = 0;
      this.show();
    }

    turn(by) {
      this.page += by;
      this.show();
      const next = by > 0 ? this.after : this.before;
      (next.disabled ? this.bar.querySelector('button:enabled') : next)?.focus();
    }

    turnTo(name) {
      const row = this.rows.findIndex((row) => row.startsWith(`<tr id="${name}"`));
      if (row < 0) return false;
      this.fitting = null;
      this.page = Math.floor(this.order.indexOf(row) / PAGE);
      this.show();
      return true;
    }

    show() {
      const shown = this.fitting ? this.order.filter((at) => this.fitting.has(at)) : this.order;
      const from = this.page * PAGE, page = shown.slice(from, from + PAGE);
      this.body.innerHTML = page.map((at) => this.rows[at]).join('');
      const [n, of] = [number(shown.length), number(this.rows.length)];
      const some = shown.length > PAGE ? `${number(from + 1)} to ${number(from + page.length)} of ` : '';
      this.count.textContent = this.fitting ? `${some}${n} that match, of ${of} rows in all` : `${some}${n} ${shown.length === 1 ? 'row' : 'rows'}`;
      this.count.classList.toggle('filtered', !!this.fitting);
      this.before.hidden = this.after.hidden = shown.length <= PAGE;
      this.before.disabled = from === 0;
      this.after.disabled = from + PAGE >= shown.length;
      this.fit();
      if (this.link) this.link.textContent = this.fitting ? `${n} / ${of}` : of;
    }

    // Where a window is too narrow for the columns, the cells of a row stand below each other, each with its name.
    fit() {
      const frame = one('.scroll', this.box);
      frame.classList.remove('stacked');
      if (!NARROW.matches || frame.scrollWidth <= frame.clientWidth) return;
      frame.classList.add('stacked');
      const names = all('thead th', frame).map((head) => head.dataset.name);
      for (const row of this.body.rows) {
        [...row.cells].filter((cell) => cell.hasChildNodes() && !one('.of', cell)).forEach((cell) => {
          cell.prepend(make('span', { className: 'of', textContent: names[cell.cellIndex], aria: { hidden: 'true' } }));
        });
      }
    }

    whole(printing) {
      this.note?.remove();
      if (!printing) return this.show();
      const rows = this.rows.slice(0, SHEETS);
      this.body.innerHTML = rows.join('');
      if (rows.length === this.rows.length) return;
      this.note = make('p', { textContent: `Printed are the first ${number(SHEETS)} of ${number(this.rows.length)} rows; the others are in the file.` });
      this.box.prepend(this.note);
    }
  }

  const tables = all('.data').map((box) => new Table(box));

  // Search: one field for all tables and the map.
  const field = one('#search'), told = one('#found');
  const search = () => {
    const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const table of tables) table.filter(words);
    for (const link of all('.map a')) {
      const text = words.length ? link.textContent.toLowerCase() : '';
      link.classList.toggle('dim', !words.every((word) => text.includes(word)));
    }
    const n = tables.reduce((sum, table) => sum + (table.fitting?.size ?? 0), 0);
    told.textContent = words.length ? `${number(n)} ${n === 1 ? 'row matches' : 'rows match'}; tables show only these.` : '';
  };
  let wait;
  field?.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(search, 120);
  });
  one('.find')?.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(wait);
    search();
    const name = field.value.trim().toLowerCase(), at = anchors.findIndex(([, id]) => id.toLowerCase() === name);
    if (at < 0) return;
    // Not by the address alone: a browser that goes there takes the focus from the field.
    history.pushState(null, '', `#${anchors[at][0]}`);
    open();
  });
  one('.find')?.addEventListener('reset', () => setTimeout(search));

  // Dossiers: read when they are opened, a block of JSON at a time.
  const anchors = facts('#anchors') ?? [], at = new Map(anchors.map(([anchor], at) => [anchor, at]));
  const named = new Map();
  anchors.forEach(([anchor, id]) => named.set(id, named.has(id) ? null : anchor));
  const shared = facts('#shared') ?? { words: [], paths: [] };
  const blocks = all('script.dossiers').map((node) => ({ node, from: Number(node.dataset.from) }));
  const dossier = (n) => {
    const block = blocks.findLast((block) => block.from <= n);
    block.chains ??= JSON.parse(block.node.textContent);
    return block.chains[n - block.from];
  };
  const word = (said) => (typeof said === 'number' ? shared.words[said] : said);
  // What stands between two backticks is code.
  const sentence = (text) => {
    const parts = text.split('`'), paired = parts.length - ((parts.length + 1) % 2);
    return parts.map((part, at) => (at >= paired ? `\`${part}` : at % 2 ? make('code', { textContent: part }) : part));
  };
  const place = (path, line) => (path < 0 ? [] : [' ', make('span', { className: 'at', textContent: `${shared.paths[path]}:${line}` })]);
  const list = (items, links) => make('ul', {}, ...items.map((item) => {
    const [said, path = -1, line = 0, ...inside] = Array.isArray(item) ? item : [item];
    const text = word(said), anchor = links && named.get(text.split(': ')[0]);
    const shown = anchor ? [make('a', { href: `#${anchor}`, textContent: text })] : sentence(text);
    const node = make('li', {}, ...shown, ...place(path, line));
    const [, answer] = /^[a-z]+: (yes|no|not assessed)\b/.exec(text) ?? [];
    if (answer) node.className = `rung ${{ yes: 'g', no: 'b' }[answer] ?? 'o'}`;
    if (inside.length) node.append(list(inside));
    return node;
  }));
  const page = (n) => {
    const [name, title, state, namespace, path, line, ...sections] = dossier(n);
    const words = word(state), kind = { verified: 'g', gap: 'b', waived: 'w' }[words] ?? 'o';
    const head = make('h2', { tabIndex: -1 }, make('span', { className: 'id', textContent: name }), title ? ` ${title}` : '');
    const about = make('p', {}, make('span', { className: `s ${kind}`, textContent: words }), ` · ${word(namespace)}`, ...place(path, line));
    const topics = sections.flatMap(([heading, ...items]) => {
      const words = word(heading);
      return [make('h3', { textContent: words }), list(items, words === 'parents' || words === 'children')];
    });
    return [head, about, ...topics];
  };

  // A row that a link leads to may stand on another page of its table.
  const turnTo = (name) => {
    if (!name || document.getElementById(name)) return;
    const table = tables.find((table) => table.turnTo(name));
    if (table) document.getElementById(name)?.scrollIntoView({ block: 'center' });
  };

  const dialog = one('dialog');
  let current = -1;
  const open = () => {
    const n = at.get(location.hash.slice(1)) ?? -1;
    if (n < 0) {
      if (dialog.open) dialog.close();
      return turnTo(location.hash.slice(1));
    }
    current = n;
    const body = one('.body', dialog);
    body.replaceChildren(...page(n));
    one('.before', dialog).disabled = n === 0;
    one('.after', dialog).disabled = n === anchors.length - 1;
    one('.where', dialog).textContent = `${number(n + 1)} of ${number(anchors.length)}`;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = body.scrollTop = 0;
    one('h2', body).focus();
  };
  if (dialog) {
    const step = (by) => {
      history.replaceState(null, '', `#${anchors[current + by][0]}`);
      open();
    };
    one('.before', dialog).onclick = () => step(-1);
    one('.after', dialog).onclick = () => step(1);
    one('.shut', dialog).onclick = () => dialog.close();
    dialog.onclick = (event) => event.target === dialog && dialog.close();
    dialog.onclose = () => {
      if (at.has(location.hash.slice(1))) history.replaceState(null, '', '#');
      // The browser gives the focus back, unless who had it is gone; whoever has it since keeps it.
      if (document.activeElement !== document.body) return;
      one(`a[href="#${CSS.escape(anchors[current][0])}"]`)?.focus({ preventScroll: true });
    };
    // A click on a requirement must not move the page behind its dossier.
    document.addEventListener('click', (event) => {
      const hash = event.target.closest?.('a[href^="#"]')?.hash;
      if (!hash || !at.has(hash.slice(1))) return;
      event.preventDefault();
      history.pushState(null, '', hash);
      open();
    });
    addEventListener('popstate', open);
    open();
  }

  // The map: one stop for the tabulator key, then arrows; names on pointing.
  for (const map of all('.map')) {
    const links = all('a', map);
    const go = (to) => {
      const link = links[Math.max(0, Math.min(links.length - 1, to))];
      links.forEach((other) => (other.tabIndex = other === link ? 0 : -1));
      link.focus();
    };
    links.forEach((link, at) => (link.tabIndex = at ? -1 : 0));
    map.addEventListener('pointerover', (event) => {
      if (event.target.tagName === 'A') event.target.title = event.target.textContent;
    });
    map.addEventListener('keydown', (event) => {
      const from = links.indexOf(event.target), { left, top } = event.target.getBoundingClientRect();
      if (from < 0) return;
      // The next one in another line that stands no further back.
      const vertical = (by) => {
        const ahead = (link) => {
          const box = link.getBoundingClientRect();
          return box.top !== top && (box.left - left) * by > -1;
        };
        let to = from + by;
        while (links[to + by] && !ahead(links[to])) to += by;
        return to;
      };
      const to = { ArrowRight: () => from + 1, ArrowLeft: () => from - 1, Home: () => 0, End: () => links.length - 1,
        ArrowDown: () => vertical(1), ArrowUp: () => vertical(-1) }[event.key];
      if (!to) return;
      event.preventDefault();
      go(to());
    });
  }

  // Paper shows everything: all rows in their first order, and the dossiers as far as they fit.
  const paper = one('#dossiers .paper');
  addEventListener('beforeprint', () => {
    tables.forEach((table) => table.whole(true));
    if (!paper) return;
    const whole = anchors.length <= PRINTED;
    const printed = anchors.map((_, n) => n).filter((n) => whole || word(dossier(n)[2]) === 'gap').slice(0, PRINTED);
    paper.replaceChildren(...printed.map((n) => make('article', {}, ...page(n))));
    if (!whole) {
      const left = number(anchors.length - printed.length);
      paper.prepend(make('p', { textContent: `Printed here are the dossiers of ${number(printed.length)} requirements with a gap; those of ${left} others are in the file.` }));
    }
  });
  addEventListener('afterprint', () => {
    tables.forEach((table) => table.whole(false));
    paper?.replaceChildren();
  });

  // Where one reads, in the list of contents.
  const marks = new Map(all('nav a').map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      marks.forEach((link) => link.removeAttribute('aria-current'));
      marks.get(target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-10% 0px -80% 0px' });
  all('main section[id]').forEach((section) => watch.observe(section));
  document.documentElement.classList.add('ready');
})();

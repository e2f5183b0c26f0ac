// The desk with script: swaps a region instead of loading a page, answers keys, selects in bulk, keeps what is typed.
// Every page works without it. Elements ask for it by data attributes, which docs/design-system.md lists; its words are
// data attributes of #toasts, so that it speaks the reader's language.

const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const word = (name) => $('#toasts')?.dataset[name] ?? '';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const same = { createHTML: (text) => text };
const trusted = window.trustedTypes?.createPolicy('desk', same) ?? same;
const parse = (text) => new DOMParser().parseFromString(trusted.createHTML(text), 'text/html');
const element = (name, look, ...inside) => {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inside);
  return made;
};

// ---- toasts leave after six seconds, unless somebody is at them or they tell of a failure

function toast(sentence, bad, ...answers) {
  const box = element('p', bad ? 'toast bad' : 'toast', element('span', '', sentence));
  for (const [label, act] of answers) {
    const button = element('button', '', label);
    button.type = 'button';
    button.onclick = () => (box.remove(), act());
    box.append(button);
  }
  $('#toasts').append(box);
  leave(box);
}

async function leave(box) {
  if (box.dataset.leaves || box.matches('.bad')) return;
  box.dataset.leaves = 'soon';
  do await sleep(6000);
  while (box.matches(':hover, :focus-within'));
  box.remove();
}

// ---- what is typed: asked about before it is lost, kept on this device until it was accepted

const untouched = new WeakMap();
const filled = (form) => [...new FormData(form)].map(([name, value]) => `${name}=${value.name ?? value}`).join('&');
const isDirty = (form) => untouched.has(form) && untouched.get(form) !== filled(form);
const dirty = (but) => $$('form[data-guard]').some((form) => form !== but && isDirty(form));
const mayLeave = (but) => !dirty(but) || confirm(word('leave'));
let submitted = null;
addEventListener('beforeunload', (event) => dirty(submitted) && event.preventDefault());

const kept = (() => { try { return localStorage; } catch { return null; } })();
const draftOf = (field) => `draft:${word('user')}:${field.dataset.draft}`;
const forget = () => Object.keys(kept ?? {}).filter((key) => key.startsWith('draft:')).forEach((key) => kept.removeItem(key));
const sent = { // the drafts on their way to the server
  note: (form) => kept && sessionStorage.setItem('sent', JSON.stringify($$('[data-draft]', form).map(draftOf))),
  settle() {
    if (!kept) return;
    const accepted = $('.toast:not(.bad)') ? JSON.parse(sessionStorage.getItem('sent') ?? '[]') : [];
    accepted.forEach((key) => kept.removeItem(key));
    sessionStorage.removeItem('sent');
  },
};

function restore(field) {
  const text = kept?.getItem(draftOf(field));
  if (!text || text === field.value) return;
  const before = field.value;
  field.value = text;
  toast(word('restored'), false, [word('discard'), () => { field.value = before; kept.removeItem(draftOf(field)); }]);
}

document.addEventListener('input', ({ target }) => {
  if (!kept || !target.dataset.draft) return;
  if (target.value) kept.setItem(draftOf(target), target.value);
  else kept.removeItem(draftOf(target));
});

// ---- swapping a region: a link or form within [data-swap] is fetched, and the region comes from the answer

let going = null;
let shown = location.pathname + location.search;

async function go(url, request, how) {
  if (going?.write) return; // what a write answers comes first
  going?.stop.abort();
  const mine = (going = { write: request.method === 'POST', stop: new AbortController() });
  const late = setTimeout(() => mine.stop.abort(), 30_000);
  $(how.region)?.setAttribute('aria-busy', 'true');
  let answer, text;
  try {
    answer = await fetch(url, { ...request, headers: { accept: 'text/html' }, signal: mine.stop.signal });
    text = answer.headers.get('content-type')?.startsWith('text/html') ? await answer.text() : null;
  } catch {
    answer = null;
  }
  clearTimeout(late);
  how.done?.();
  if (going !== mine) return; // somebody went elsewhere meanwhile
  going = null;
  $(how.region)?.removeAttribute('aria-busy');
  if (!answer) {
    sessionStorage.removeItem('sent');
    toast(word('lost'), true, [word('retry'), how.again ?? (() => go(url, request, how))], [word('close'), () => {}]);
  } else if (text === null) location.assign(url);
  else show(parse(text), answer.url, how);
}

function show(page, address, { region, back }) {
  const url = new URL(address);
  const moved = url.pathname !== location.pathname || back;
  const at = document.activeElement;
  const place = !moved && (at.id ? `#${CSS.escape(at.id)}` : at.name ? `[name="${CSS.escape(at.name)}"]` : '');
  if (!$(region) || !$(region, page)) region = 'body';
  const next = document.importNode($(region, page), true);
  const toasts = $$('.toast', page).filter((box) => !$(region, page).contains(box));
  $(region).replaceWith(next);
  for (const part of $$('[data-also]', page)) {
    if (!next.contains(document.getElementById(part.id))) document.getElementById(part.id)?.replaceWith(document.importNode(part, true));
  }
  $('#toasts').append(...toasts.map((box) => document.importNode(box, true)));
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  if (!back) {
    history.replaceState({ y: scrollY }, '');
    if (url.href !== location.href) history.pushState(null, '', url);
  }
  const left = shown;
  shown = url.pathname + url.search;
  ready();
  const h1 = moved && $('h1', next);
  if (h1) h1.tabIndex = -1;
  const row = back && $$('[data-walk] a[href]', next).find((link) => left === link.pathname + link.search);
  const target = $('[aria-invalid="true"], [autofocus]', next) ?? (row || h1 || (place && $(place)));
  target?.focus({ preventScroll: moved });
  if (moved) scrollTo(0, back?.y ?? 0);
  if (target !== h1) $('#said').textContent = page.title;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (event.target.closest('[data-forget]')) forget();
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const region = link.closest('[data-swap]')?.dataset.swap;
  const here = link.hash && link.pathname + link.search === location.pathname + location.search;
  if (!region || here || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  event.preventDefault();
  if (mayLeave()) go(link.href, { method: 'GET' }, { region });
});

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method === 'dialog') return;
  if (form.ariaBusy === 'true') return event.preventDefault(); // pressed twice
  const set = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  const write = set('method')?.toUpperCase() === 'POST';
  const region = form.closest('[data-swap]')?.dataset.swap;
  if (region && !mayLeave(form)) return event.preventDefault();
  if (write) sent.note(form);
  const press = (on) => [form, submitter].forEach((it, n) => it?.setAttribute(n ? 'aria-disabled' : 'aria-busy', on));
  if (write) press(true);
  if (!region) {
    submitted = form;
    setTimeout(() => press(false), 10_000); // what comes may be a file: the page stays
    return;
  }
  event.preventDefault();
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const url = new URL(set('action') ?? '', location.href);
  const again = () => form.requestSubmit(submitter);
  const body = set('enctype') === 'multipart/form-data' ? data : new URLSearchParams(data);
  if (!write) url.search = new URLSearchParams(data);
  go(url, write ? { method: 'POST', body } : { method: 'GET' }, { region, again, done: () => press(false) });
});

addEventListener('popstate', () => {
  if (location.pathname + location.search === shown) return;
  if (!mayLeave()) return history.pushState(null, '', shown);
  go(location.href, { method: 'GET' }, { region: '#main', back: history.state ?? {} });
});
addEventListener('pageshow', () => $$('form[aria-busy]').forEach((form) => form.removeAttribute('aria-busy')));

// ---- keys: data-key presses or focuses; j and k walk the rows; x chooses one; ? lists them

const seen = (it) => it.checkVisibility?.() ?? it.offsetParent !== null;
const isTyping = (it) => it.matches('textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="button"], [type="submit"], [type="file"])');
const named = (it) => (it.ariaLabel || it.labels?.[0]?.textContent || it.textContent || it.placeholder).trim().replace(/\s+/g, ' ');
let held = '';

function press(it) {
  if (isTyping(it)) it.select?.();
  else it.click();
  it.focus(); // after the click, which may have opened what hid it
}

function walk(step) {
  const table = $$('[data-walk]').find((one) => one.contains(document.activeElement)) ?? $$('[data-walk]').find(seen);
  const rows = $$('tbody tr', table ?? element('i')).filter((row) => $('a[href]', row) && seen(row));
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  if (!next) return;
  $('a[href]', next).focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function help() {
  const keys = $$('[data-key]').filter((it) => seen(it) || it.closest('[popover]')).map((it) => [it.dataset.key, named(it)]);
  if ($('[data-walk]')) keys.push(['j k', word('walk')]);
  if ($('[data-select]')) keys.push(['x', word('choose')]);
  const list = element('dl', 'keys');
  for (const [key, what] of keys) list.append(element('dt', '', element('kbd', '', key)), element('dd', '', what));
  const close = element('button', 'quiet', word('close'));
  const box = element('dialog', '', element('h2', '', word('keys')), list, element('form', '', close));
  $('form', box).method = 'dialog';
  box.onclose = () => box.remove();
  document.body.append(box);
  box.showModal();
}

function escape(at) {
  const open = $$('details.menu[open]').pop();
  if (open) open.open = false;
  else if (isTyping(at)) at.blur();
}

document.addEventListener('keydown', (event) => {
  const at = event.target;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const scope = $('dialog[open]') ?? document;
  if (event.key === 'Escape' && scope === document) escape(at);
  if (isTyping(at) && event.key !== 'Escape') return;
  const key = held + (event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key);
  const all = $$('[data-key]', scope).filter((it) => seen(it) || it.closest('[popover]'));
  held = all.some((it) => it.dataset.key.startsWith(`${key} `)) ? `${key} ` : '';
  if (held) setTimeout(() => (held = ''), 1500);
  const wanted = all.find((it) => it.dataset.key === key && !it.matches(':disabled, [aria-disabled="true"]'));
  const own = { j: () => walk(1), k: () => walk(-1), '?': help, x: () => $('[type="checkbox"]', at.closest('[data-select] tr') ?? element('i'))?.click() };
  const act = wanted ? () => press(wanted) : scope === document && Object.hasOwn(own, key) ? own[key] : null;
  if (!act || (key === 'Enter' && at.closest('a, button, summary'))) return;
  event.preventDefault();
  act();
});

// ---- bulk selection, with shift from row to row and a count

const boxesOf = (table) => $$('tbody [type="checkbox"]', table);

function tally(table) {
  const boxes = boxesOf(table);
  const count = boxes.filter((box) => box.checked).length;
  const all = $('[data-all]', table);
  if (all) [all.checked, all.indeterminate] = [count > 0 && count === boxes.length, count > 0 && count < boxes.length];
  const form = table.closest('form');
  if (!form) return;
  $$('[data-count]', form).forEach((out) => (out.textContent = out.dataset.count.replace('#', count)));
  $$('[data-bulk]', form).forEach((button) => (button.disabled = count === 0));
}

let last = null;
document.addEventListener('click', ({ target, shiftKey }) => {
  $$('details.menu[open]').filter((menu) => !menu.contains(target)).forEach((menu) => (menu.open = false));
  const table = target.matches('[type="checkbox"]') && target.closest('[data-select]');
  if (!table) return;
  const boxes = boxesOf(table);
  if (target.matches('[data-all]')) boxes.forEach((box) => (box.checked = target.checked));
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
  if (shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((box) => (box.checked = target.checked));
  last = target;
  tally(table);
});

// ---- files dropped on the label of a file input

const fileOf = (zone) => $('[type="file"]', zone) ?? zone.control;
for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.('[data-drop]');
    if ($('[data-drop]')) event.preventDefault(); // a file beside the zone must not replace the page
    zone?.classList.toggle('over', kind === 'dragover');
    if (kind !== 'drop' || !zone) return;
    const files = new DataTransfer();
    [...event.dataTransfer.files].slice(0, fileOf(zone).multiple ? undefined : 1).forEach((file) => files.items.add(file));
    fileOf(zone).files = files.files;
    fileOf(zone).dispatchEvent(new Event('change', { bubbles: true }));
  });
}

// ---- long work: its region is fetched every two seconds while somebody looks and it is busy

const polled = new WeakSet();
async function poll(region) {
  polled.add(region);
  for (let pause = 2000; region.isConnected && 'busy' in region.dataset; ) {
    await sleep(pause);
    if (document.hidden) continue;
    const answer = await fetch(region.dataset.poll).then(async (a) => a.ok && parse(await a.text()), () => null);
    pause = answer === null ? Math.min(pause * 2, 30_000) : 2000;
    if (answer === null || !region.isConnected) continue;
    const next = answer && answer.getElementById(region.id);
    if (!next) return;
    const fresh = document.importNode(next, true);
    polled.add(fresh);
    region.replaceWith(fresh);
    region = fresh;
  }
}

// ---- whatever came into the page

function ready() {
  sent.settle();
  $$('.toast').forEach(leave);
  $$('form[data-guard]').forEach((form) => untouched.has(form) || untouched.set(form, $('[aria-invalid="true"]', form) ? null : filled(form)));
  $$('textarea[data-draft]').forEach(restore);
  $$('[data-select]').forEach(tally);
  $$('[data-key]').forEach((it) => it.setAttribute('aria-keyshortcuts', it.dataset.key));
  $$('[data-poll][data-busy]').forEach((region) => polled.has(region) || poll(region));
  if (!$('#said')) document.body.append(Object.assign(element('p', 'vh'), { id: 'said', ariaLive: 'polite' }));
}
ready();

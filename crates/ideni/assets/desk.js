// The desk with script: swaps a region instead of loading a page, answers keys, selects in bulk, keeps what is typed.
// Every page works without it. Elements ask for it by data attributes, listed in docs/design-system.md; what it says is
// in data-say-… of #toasts, in the reader's language.

const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const word = (name) => $('#toasts')?.getAttribute(`data-say-${name}`) ?? '';
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const asIs = { createHTML: (text) => text };
const trusted = window.trustedTypes?.createPolicy('desk', asIs) ?? asIs;
const parse = (text) => new DOMParser().parseFromString(trusted.createHTML(text), 'text/html');
const element = (name, look, ...inside) => {
  const made = Object.assign(document.createElement(name), { className: look });
  return made.append(...inside), made;
};

// Toasts leave after six seconds, unless somebody is at them or they tell of a failure.
function toast(sentence, bad, ...answers) {
  const box = element('p', bad ? 'toast bad' : 'toast', element('span', '', sentence));
  for (const [label, act] of answers) {
    const button = element('button', '', label);
    button.type = 'button';
    button.onclick = () => (box.remove(), act?.());
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

// Unsaved changes are asked about before they are lost.
const untouched = new WeakMap();
const filled = (form) => [...new FormData(form)].map(([name, value]) => `${name}=${value.name ?? value}`).join('&');
const isDirty = (form) => untouched.has(form) && untouched.get(form) !== filled(form);
const dirty = (but) => $$('form[data-guard]').some((form) => form !== but && isDirty(form));
const mayLeave = (but) => !dirty(but) || confirm(word('leave'));
let submitted = null;
let dials = 0;
addEventListener('beforeunload', (event) => Date.now() > dials && dirty(submitted) && event.preventDefault());

// Drafts are kept on this device until a page comes back that says what was done, or until sign-out.
const kept = (() => { try { return localStorage; } catch { return null; } })();
const draftOf = (field) => `draft:${word('user')}:${field.dataset.draft}`;
const forget = () => Object.keys(kept ?? {}).filter((key) => key.startsWith('draft:')).forEach((key) => kept.removeItem(key));
const noteSent = (form) => kept && sessionStorage.setItem('sent', JSON.stringify($$('[data-draft]', form).map(draftOf)));
function settleSent(page) {
  const sent = kept && sessionStorage.getItem('sent');
  if (!sent) return;
  if ($('.toast:not(.bad)', page)) JSON.parse(sent).forEach((key) => kept.removeItem(key));
  sessionStorage.removeItem('sent');
}
function restore(field) {
  const [text, before] = [kept?.getItem(draftOf(field)), field.value];
  if (!text || text === before) return;
  field.value = text;
  toast(word('restored'), false, [word('discard'), () => (field.value = before, kept.removeItem(draftOf(field)))]);
}
document.addEventListener('input', ({ target }) => {
  if (!kept || !target.dataset.draft) return;
  if (target.value) kept.setItem(draftOf(target), target.value);
  else kept.removeItem(draftOf(target));
});

// A link or form within [data-swap] is fetched, and the region it names comes from the answer.
let going = null;
let shown = location.pathname + location.search;
async function go(url, request, how) {
  if (going?.write) return how.done?.(); // what a write answers comes first
  going?.stop.abort();
  const mine = (going = { write: request.method === 'POST', stop: new AbortController() });
  const late = setTimeout(() => mine.stop.abort(), request.body instanceof FormData ? 600_000 : 30_000); // a file takes its time
  $(how.region)?.setAttribute('aria-busy', 'true');
  const answer = await fetch(url, { ...request, headers: { accept: 'text/html' }, signal: mine.stop.signal })
    .then(async (a) => ({ url: mine.write && !a.redirected ? location : a.url, ok: a.ok, kind: a.headers.get('content-type'), text: await a.text() }))
    .catch(() => null);
  clearTimeout(late);
  how.done?.();
  if (going !== mine) return; // somebody went elsewhere meanwhile
  going = null;
  $(how.region)?.removeAttribute('aria-busy');
  if (answer?.kind?.startsWith('text/html')) return show(parse(answer.text), new URL(answer.url), how);
  if (answer?.ok) return location.assign(url); // a file
  sessionStorage.removeItem('sent');
  const again = how.again ?? (() => go(url, request, how));
  toast(answer ? answer.text.slice(0, 500) : word('lost'), true, [word('retry'), again], [word('close')]);
}
function bare(url) {
  url.searchParams.delete('done'); // said once
  return url;
}
function show(page, url, { region, back }) {
  const moved = Boolean(back) || url.pathname !== location.pathname;
  const { id, name } = document.activeElement;
  const place = !moved && (id ? `#${CSS.escape(id)}` : name && `[name="${CSS.escape(name)}"]`);
  if (!$(region) || !$(region, page)) region = 'body';
  const come = $(region, page);
  const next = document.importNode(come, true);
  if (!back) {
    history.replaceState({ y: scrollY }, '');
    if (bare(url).href !== location.href) history.pushState(null, '', url);
  }
  $(region).replaceWith(next);
  for (const part of $$('[data-also]', page).filter((part) => !come.contains(part))) {
    document.getElementById(part.id)?.replaceWith(document.importNode(part, true));
  }
  $('#toasts').append(...$$('.toast', page).filter((box) => !come.contains(box)).map((box) => document.importNode(box, true)));
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  const left = shown;
  ready(page);
  const row = back && $$('[data-walk] a[href]', next).find((link) => left === link.pathname + link.search);
  const told = $('[role="alert"]', next) ?? (moved && $('h1', next));
  if (told && !told.matches('.fault')) told.tabIndex = -1;
  const target = $('[aria-invalid="true"], [autofocus]', next) ?? (row || told || (place && $(place)));
  target?.focus({ preventScroll: moved });
  if (moved) scrollTo(0, back?.y ?? 0);
  if (target !== told) $('#said').textContent = page.title;
}
document.addEventListener('click', (event) => {
  $$('details.menu[open]').filter((menu) => !menu.contains(event.target)).forEach((menu) => (menu.open = false));
  if (event.target.closest('[data-forget]')) forget();
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!link.protocol.startsWith('http')) dials = Date.now() + 1000; // a telephone or a letter: the page stays
  const region = link.closest('[data-swap]')?.dataset.swap;
  const here = link.hash && link.pathname + link.search === shown;
  if (!region || here || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  event.preventDefault();
  if (mayLeave()) go(link.href, { method: 'GET' }, { region });
});
document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  const set = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  if (event.defaultPrevented || set('method') === 'dialog') return;
  const region = form.closest('[data-swap]')?.dataset.swap;
  if (form.getAttribute('aria-busy') === 'true' || (region && !mayLeave(form))) return event.preventDefault(); // pressed twice
  const write = set('method')?.toUpperCase() === 'POST';
  const busy = (on) => [form.setAttribute('aria-busy', on), submitter?.setAttribute('aria-disabled', on)];
  if (write) [noteSent(form), busy(true)];
  if (!region) {
    submitted = form;
    return setTimeout(() => busy(false), 10_000); // a file may come, and the page stays
  }
  event.preventDefault();
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const url = new URL(set('action') ?? '', location.href);
  const body = set('enctype') === 'multipart/form-data' ? data : new URLSearchParams(data);
  if (!write) url.search = body;
  go(url, write ? { method: 'POST', body } : { method: 'GET' }, { region, again: () => form.requestSubmit(submitter), done: () => busy(false) });
});
addEventListener('popstate', () => {
  if (location.pathname + location.search === shown) return;
  if (!mayLeave()) return history.pushState(null, '', shown);
  go(location.href, { method: 'GET' }, { region: '#main', back: history.state ?? {} });
});
addEventListener('pageshow', () => (submitted = null, $$('form[aria-busy]').forEach((form) => form.removeAttribute('aria-busy'))));

// Keys: data-key presses or focuses; j and k walk the rows, Enter opens one, x chooses it; ? lists them all.
const seen = (it) => it.checkVisibility?.() ?? it.offsetParent !== null;
const ticks = '[type="radio"], [type="checkbox"], [type="button"], [type="submit"], [type="file"]';
const isTyping = (it) => it.matches(`textarea, select, [contenteditable], input:not(${ticks})`);
const named = (it) => (it.ariaLabel || it.labels?.[0]?.textContent || it.textContent || it.placeholder || '').trim().replace(/\s+/g, ' ');
const keyed = (scope) => $$('[data-key]', scope).filter((it) => seen(it) || it.closest('[popover]'));
let held = '';
function walk(step) {
  const tables = $$('[data-walk]').filter(seen);
  const table = tables.find((one) => one.contains(document.activeElement)) ?? tables[0];
  const rows = table ? $$('tbody tr', table).filter((row) => $('a[href]', row)) : [];
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  next && $('a[href]', next).focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
function help() {
  const list = element('dl', 'keys');
  const more = [['j k', 'walk', '[data-walk]'], ['x', 'choose', '[data-select]']].filter(([, , there]) => $(there));
  for (const [key, what] of [...keyed().map((it) => [it.dataset.key, named(it)]), ...more.map(([key, name]) => [key, word(name)])]) {
    list.append(element('dt', '', element('kbd', '', key)), element('dd', '', what));
  }
  const form = element('form', '', element('button', 'quiet', word('close')));
  form.method = 'dialog';
  const box = element('dialog', '', element('h2', '', word('keys')), list, form);
  box.onclose = () => box.remove();
  document.body.append(box);
  box.showModal();
}
function press(it) {
  if (isTyping(it)) it.select?.();
  else it.click();
  it.focus();
}
document.addEventListener('keydown', (event) => {
  const [at, scope] = [event.target, $('dialog[open]') ?? document];
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(at) && event.key !== 'Escape') return;
  const key = held + (event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key);
  const all = keyed(scope);
  held = all.some((it) => it.dataset.key.startsWith(`${key} `)) ? `${key} ` : '';
  if (held) setTimeout(() => (held = ''), 1500);
  const wanted = all.find((it) => it.dataset.key === key && !it.matches(':disabled, [aria-disabled="true"]'));
  const menu = $('details.menu[open]');
  const box = at.closest('[data-select] tr') && $('[type="checkbox"]', at.closest('tr'));
  const own = { j: () => walk(1), k: () => walk(-1), '?': help, x: box && (() => box.click()), Escape: () => (menu ? (menu.open = false) : at.blur()) };
  const act = wanted ? () => press(wanted) : scope === document && own[key];
  if (!act || (key === 'Enter' && at.closest('a, button, summary'))) return;
  event.preventDefault();
  act();
});

// Bulk selection: all, from row to row with shift, and the count.
const boxesOf = (table) => $$('tbody [type="checkbox"]', table);
let last = null;
function tally(table) {
  const [boxes, all, form] = [boxesOf(table), $('[data-all]', table), table.closest('form')];
  const count = boxes.filter((box) => box.checked).length;
  if (all) [all.checked, all.indeterminate] = [count > 0 && count === boxes.length, count > 0 && count < boxes.length];
  if (!form) return;
  $$('[data-count]', form).forEach((out) => (out.textContent = out.dataset.count.replace('#', count)));
  $$('[data-bulk]', form).forEach((button) => (button.disabled = count === 0));
}
document.addEventListener('click', ({ target, shiftKey }) => {
  const table = target.matches('[type="checkbox"]') && target.closest('[data-select]');
  if (!table) return;
  const boxes = boxesOf(table);
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
  const chosen = target.matches('[data-all]') ? boxes : shiftKey && from >= 0 ? boxes.slice(from, to + 1) : [];
  for (const box of chosen) box.checked = target.checked;
  last = target;
  tally(table);
});

// Files dropped on the label of a file input, or anywhere where there is one such label. A file that is too large is not sent.
for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    const zones = $$('[data-drop]');
    const zone = event.target.closest?.('[data-drop]') ?? (zones.length === 1 ? zones[0] : null);
    if (zones.length) event.preventDefault(); // a file beside the zone must not replace the page
    zone?.classList.toggle('over', kind === 'dragover');
    const input = kind === 'drop' && zone && ($('[type="file"]', zone) ?? zone.control);
    if (!input) return;
    const files = new DataTransfer();
    [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((file) => files.items.add(file));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    zone.scrollIntoView({ block: 'nearest' });
  });
}
document.addEventListener('change', ({ target }) => {
  if (!target.dataset.most) return;
  target.setCustomValidity([...target.files].some((file) => file.size > target.dataset.most) ? target.dataset.large : '');
  target.reportValidity();
});

// Long work: its region is fetched every two seconds while it is busy and somebody looks.
async function poll(region) {
  region.dataset.polled = '';
  while (region.isConnected && 'busy' in region.dataset) {
    await sleep(2000);
    const text = document.hidden ? null : await fetch(region.dataset.poll).then((a) => a.ok && a.text()).catch(() => null);
    if (text === null) continue; // nobody looks, or the line is down
    const fresh = text && parse(text).getElementById(region.id);
    if (!fresh) return;
    fresh.dataset.polled = '';
    region.replaceWith(document.adoptNode(fresh));
    region = fresh;
  }
}

// Whatever came into the page.
function ready(page) {
  const url = bare(new URL(location));
  if (url.href !== location.href) history.replaceState(history.state, '', url);
  shown = url.pathname + url.search;
  settleSent(page);
  $$('.toast').forEach(leave);
  for (const form of $$('form[data-guard]')) if (!untouched.has(form)) untouched.set(form, form.dataset.guard ? null : filled(form));
  $$('textarea[data-draft]').forEach(restore);
  $$('[data-select]').forEach(tally);
  $$('[data-key]').forEach((it) => it.setAttribute('aria-keyshortcuts', it.dataset.key));
  $$('[data-poll][data-busy]:not([data-polled])').forEach(poll);
  if (!$('#said')) document.body.append(Object.assign(element('p', 'vh'), { id: 'said', ariaLive: 'polite' }));
}
ready(document);

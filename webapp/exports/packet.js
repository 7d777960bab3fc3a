// The search of a packet. A word without marks stands for every spelling of it, one with marks for itself (hoà is hòa);
// all words have to be in an article, those between quotes side by side in one paragraph. The word that is being typed
// may go on.
"use strict";

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const QUOTED_OR_NOT = /["“”«»]([^"“”«»]*)(["“”«»]?)|[^\s"“”«»]+/g;
const PAUSE_MS = 150;
const OPENED_AT_ONCE = 3;

const spelled = new Map();

function spell(text) {
  if (!spelled.has(text)) {
    const letters = text.toLowerCase().normalize("NFD");
    const base = letters.replace(TONES, "");
    const folded = base.replace(/\p{M}/gu, "").replace(/đ/g, "d");
    spelled.set(text, { base, tone: (letters.match(TONES) || []).join(""), folded, isOpen: folded === letters });
  }
  return spelled.get(text);
}

const wordsOf = (text) => Array.from(text.matchAll(WORD), (found) => spell(found[0]));

function fits(word, wanted, mayGoOn) {
  const begins = (whole, part) => (mayGoOn ? whole.startsWith(part) : whole === part);
  if (wanted.isOpen) return begins(word.folded, wanted.folded);
  return begins(word.base, wanted.base) && (word.tone === wanted.tone || (mayGoOn && !wanted.tone));
}

// What is asked: sequences of sets, each of all the words of the articles that will do at its place. The word at whose
// end the cursor stands may go on.
function read(query) {
  const sequences = [];
  for (const found of query.matchAll(QUOTED_OR_NOT)) {
    const wanted = wordsOf(found[1] ?? found[0]);
    const mayGoOn = found.index + found[0].length === query.length && !found[2];
    const known = [...spelled.values()];
    const sets = wanted.map((one, at) => new Set(known.filter((word) => fits(word, one, mayGoOn && at === wanted.length - 1))));
    if (sets.length) sequences.push(sets);
  }
  return sequences;
}

function* placesOf(sequence, words) {
  for (let place = 0; place + sequence.length <= words.length; place += 1) {
    if (sequence.every((set, at) => set.has(words[place + at]))) yield place;
  }
}

// A title, a paragraph or a caption, with its words.
class Block {
  constructor(element) {
    this.element = element;
    this.words = wordsOf(element.textContent);
    this.isLit = false;
  }

  holds(sequence) {
    return !placesOf(sequence, this.words).next().done;
  }

  light(sequences) {
    if (this.isLit) this.element.replaceChildren(...this.asMade.cloneNode(true).childNodes);
    const wanted = new Set();
    for (const sequence of sequences) {
      for (const place of placesOf(sequence, this.words)) sequence.forEach((_, at) => wanted.add(place + at));
    }
    this.isLit = wanted.size > 0;
    if (!this.isLit) return;
    this.asMade ??= this.element.cloneNode(true);
    mark(this.element, wanted);
  }
}

// Puts the words with these numbers into marks. A word that is in two pieces of text is left as it is.
function mark(element, wanted) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let offset = 0;
  const starts = nodes.map((node) => (offset += node.data.length) - node.data.length);
  const words = Array.from(element.textContent.matchAll(WORD));
  for (const number of [...wanted].sort((one, other) => other - one)) {
    const start = words[number].index;
    const end = start + words[number][0].length;
    const at = starts.findLastIndex((begins) => begins <= start);
    if (end > starts[at] + nodes[at].data.length) continue;
    const range = document.createRange();
    range.setStart(nodes[at], start - starts[at]);
    range.setEnd(nodes[at], end - starts[at]);
    const lit = document.createElement("mark");
    lit.className = "found";
    range.surroundContents(lit);
  }
}

class Article {
  constructor(element) {
    this.element = element;
    this.details = element.querySelector("details");
    this.blocks = Array.from(element.querySelectorAll("h2, [data-text]"), (each) => new Block(each));
    this.vocabulary = Array.from(new Set(this.blocks.flatMap((block) => block.words)));
    this.toLight = [];
    this.details.addEventListener("toggle", () => this.light());
  }

  show(sequences) {
    const isFound = sequences.every((sequence) => this.holds(sequence));
    this.element.hidden = !isFound;
    this.toLight = sequences;
    if (isFound) this.light();
    return isFound;
  }

  holds(sequence) {
    if (!sequence.every((set) => this.vocabulary.some((word) => set.has(word)))) return false;
    return sequence.length === 1 || this.blocks.some((block) => block.holds(sequence));
  }

  // The title, and what is open: nobody sees the rest.
  light() {
    const seen = this.details.open ? this.blocks : this.blocks.slice(0, 1);
    seen.forEach((block) => block.light(this.toLight));
  }
}

const form = document.getElementById("search");
const box = document.getElementById("q");
const status = document.getElementById("counted");
let articles = [];
const shown = () => Array.from(document.querySelectorAll("article:not([hidden]) > details"));
const written = (number) => number.toLocaleString(document.documentElement.lang);

// The words of all articles, read when they are first asked for: the page can be used before.
function prepare() {
  if (!articles.length) articles = Array.from(document.querySelectorAll("article"), (each) => new Article(each));
}

function search() {
  prepare();
  const sequences = read(box.value);
  const found = articles.filter((article) => article.show(sequences));
  count(found.length, articles.length);
  if (sequences.length && found.length <= OPENED_AT_ONCE) openAll(shown(), true);
}

function count(found, all) {
  status.textContent = status.dataset.counted.replace("#1", written(found)).replace("#2", written(all));
}

function openAll(some, isOpen) {
  for (const details of some) details.open = isOpen;
}

let pause;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
document.getElementById("open").addEventListener("click", () => openAll(shown(), true));
document.getElementById("close").addEventListener("click", () => openAll(shown(), false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
});

let closed = [];
window.addEventListener("beforeprint", () => {
  closed = shown().filter((details) => !details.open);
  openAll(closed, true);
});
window.addEventListener("afterprint", () => openAll(closed, false));

box.addEventListener("focus", prepare);
form.hidden = false;
count(shown().length, shown().length);

// What a reader has answered so far, for herself alone: it stays in her browser, where that keeps anything.
const PLACE = "gates.lessons";
const GIVEN = "gates.answer"; // of the tab: the answer that stands on the page, so that it still does when that is loaded anew

export function createMarks() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch { /* a browser that keeps nothing, or something else in its place: it begins anew */ }
  return {
    of: (lesson) => kept[lesson] ?? {},
    put(lesson, page, right) {
      if (page in (kept[lesson] ?? {})) return; // the first answer counts
      kept = { ...kept, [lesson]: { ...kept[lesson], [page]: right } };
      try {
        localStorage.setItem(PLACE, JSON.stringify(kept));
      } catch { /* then it lasts as long as the page */ }
    },
    // The answer to a question, if it was the last that was answered: who turns to another page is asked anew there.
    given(question) {
      try {
        const kept = JSON.parse(sessionStorage.getItem(GIVEN));
        if (kept?.question === question) return kept.answer;
        sessionStorage.removeItem(GIVEN);
      } catch { /* none is kept */ }
      return null;
    },
    give(question, answer) {
      try {
        sessionStorage.setItem(GIVEN, JSON.stringify({ question, answer }));
      } catch { /* as above */ }
    },
  };
}

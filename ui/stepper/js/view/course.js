// Beside the answers: how likely the answer is at each step, from 0 to 1, and the way to the first wrong one.
import { bestAnswer } from "../core/answers.js";
import { courseOf, pathThrough, wrongAfter, wrongSteps } from "../core/course.js";
import { clamp, percent } from "../core/numbers.js";
import { setAttr, setText, svgElement, textNode } from "./dom.js";

const BOX = { low: 0, high: 1, width: 120, height: 24 }; // the drawing's own units

export function createCourse(root, signal, dispatch) {
  const find = (selector) => root.querySelector(selector);
  const panel = find(".course"), picture = find(".course .trail"), of = textNode(find(".course .of-what"));
  const jump = find("[data-act=wrong]"), said = textNode(find(".course .all-right")), jumpName = textNode(jump);
  const mark = svgElement("path", { class: "wrongs" }, picture), now = svgElement("path", { class: "now" }, picture), line = svgElement("path", { class: "line" }, picture);
  let course = null, wrong = [], steps = 0;

  picture.addEventListener("pointerdown", ({ clientX }) => {
    const { left, width } = picture.getBoundingClientRect();
    dispatch({ type: "go", t: clamp(Math.floor((steps * (clientX - left)) / width), steps), halt: true });
  }, { signal });

  // The line is drawn anew only where it is of another answer.
  function trace(shown, t) {
    const { covered } = shown, track = answered(shown);
    course = courseOf(track, t);
    picture.toggleAttribute("hidden", !course);
    of.parentNode.hidden = course?.known; // where an encoder only reads, its place stays
    setText(of, course?.name ?? "");
    if (!course) return;
    setAttr(line, "d", pathThrough(course.shares.map((share, step) => (covered(step) ? NaN : share)), BOX));
  }

  const answered = ({ message, model }) => model.tracks[message.lead];

  return {
    build(shown, { t }) {
      const { message: { words }, model, covered } = shown, track = answered(shown);
      panel.hidden = !track || !model.steps;
      if (panel.hidden) return;
      steps = model.steps;
      trace(shown, Math.min(t, steps - 1));
      wrong = wrongSteps(track).filter((step) => !covered(step));
      const whole = track.right.some((right) => right !== null) && !track.right.some((_, step) => covered(step)); // else nobody has seen all
      setAttr(mark, "d", wrong.map((step) => `M${((BOX.width * (step + 0.5)) / steps).toFixed(2)},${BOX.height}v-5`).join(""));
      jump.hidden = !wrong.length;
      if (wrong.length) {
        setText(jumpName, words.wrong_first.replace("{step}", shown.message.first + wrong[0]));
        jump.title = words.wrong_go.replace("{count}", wrong.length);
      }
      setText(said, whole && !wrong.length ? words.all_right : "");
    },
    draw(shown, { t }) {
      if (panel.hidden) return;
      if (course && !course.known && bestAnswer(answered(shown), t, answered(shown).answers) !== course.name) trace(shown, t);
      setAttr(now, "d", `M${((BOX.width * (t + 0.5)) / steps).toFixed(2)},0V${BOX.height}`);
    },
    updateTitles({ message: { words } }, { t }) {
      if (panel.hidden || !course) return;
      const share = course.shares[t], what = words.course.replace("{what}", course.known ? words.course_right : course.name);
      picture.setAttribute("aria-label", Number.isFinite(share) ? `${what}: ${percent(share)}` : what);
      find(".course .tells").title = picture.getAttribute("aria-label");
    },
    wrongFrom: (t) => (wrong.length ? wrongAfter(wrong, t) : t), // where there is none one stays
  };
}

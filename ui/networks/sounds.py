"""The sounds of ARPAbet, each with an English word in which it is heard."""

from __future__ import annotations

from collections.abc import Mapping

from ui.words import Words

SOUNDS = (
    "AA:father AE:cat AH:cut AO:law AW:cow AY:my B:be CH:cheese D:day DH:this EH:bed ER:bird EY:say "
    "F:fee G:green HH:he IH:sit IY:see JH:joy K:key L:let M:me N:no NG:sing OW:boat OY:boy "
    "P:pie R:run S:sea SH:she T:tea TH:thin UH:book UW:two V:voice W:we Y:yes Z:zoo ZH:vision"
)
HEARD: Mapping[str, str] = dict(pair.split(":") for pair in SOUNDS.split())
UNSTRESSED = {"AH0": "about"}  # heard otherwise than where it is stressed


def heard(sound: str, words: Words) -> str:
    """A sound and a word in which it is heard; what is none stands for itself. A digit is the stress."""
    word = UNSTRESSED.get(sound) or HEARD.get(sound.rstrip("012"))
    return words("answer.heard", sound=sound, word=word) if word else sound

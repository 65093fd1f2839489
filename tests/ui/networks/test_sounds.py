"""Every sound that the published network answers with has a word in which it is heard."""

from __future__ import annotations

from cells.encoder_decoder import g2p
from ui.networks.sounds import HEARD, heard
from ui.words import Words


def test_every_sound_is_named_by_a_word_and_no_word_stands_for_two_sounds() -> None:
    words = Words("en")
    sounds = [sound for sound in g2p().phonemes if not sound.startswith("<")]
    assert {sound.rstrip("012") for sound in sounds} == set(HEARD) and len({*HEARD.values()}) == len(HEARD)
    assert heard("AY1", words) == "AY1 as in my" and heard("</s>", words) == "</s>"
    assert "about" in heard("AH0", words) and "cut" in heard("AH1", words)

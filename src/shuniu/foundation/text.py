"""Words for people: every label and message exists in Chinese first and in English beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages of the product."""

    zh: str
    en: str

    def pick(self, locale: str) -> str:
        """The wording for a locale such as ``zh-CN`` or ``en``; Chinese unless English is asked for."""
        return self.en if locale.lower().startswith("en") else self.zh

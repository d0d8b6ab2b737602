"""Elements of the page. They are built as a tree, so that every text in them is escaped."""

from xml.etree.ElementTree import Element, tostring

Inside = Element | str | None


def e(tag: str, *inside: Inside, **attributes: object) -> Element:
    """Make an element around texts and elements; `class_` is class, and `_` stands for a hyphen."""
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
    made = Element(tag, named)
    for one in inside:
        if isinstance(one, Element):
            made.append(one)
        elif one:
            _write(made, one)
    return made


def page(root: Element) -> str:
    """Write a whole document."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _write(parent: Element, text: str) -> None:
    """Add a text after what is there already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text

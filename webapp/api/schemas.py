"""From types to JSON Schema (the dialect of OpenAPI 3.1): TypedDicts, lists, optional and annotated values. Pure."""

from __future__ import annotations

import types
from inspect import getdoc
from typing import Annotated, Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

Json = dict[str, Any]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


class Schemas:
    """Writes schemas, and keeps those of the objects they refer to.

    An annotation may say more: text is the description, a dictionary is keywords of JSON Schema.
    """

    def __init__(self) -> None:
        self.objects: Json = {}
        """The schemas of objects by name, for the document's `components`."""

    def of(self, kind: Any) -> Json:
        """The schema of a type. Raises TypeError for one that the API does not use."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(parts[0])
        if origin is Annotated:
            return self._annotated(parts[0], parts[1:])
        if origin is list:
            return {"type": "array", "items": self.of(parts[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        if origin is types.UnionType:
            return {"type": [_PLAIN[part] for part in parts]}
        if is_typeddict(kind):
            return self._object(kind)
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        raise TypeError(f"there is no schema for {kind}")

    def _annotated(self, kind: Any, notes: tuple[Any, ...]) -> Json:
        schema = self.of(kind)
        for note in notes:
            schema |= {"description": note} if isinstance(note, str) else note
        return schema

    def _object(self, kind: Any) -> Json:
        if kind.__name__ not in self.objects:
            fields = get_type_hints(kind, include_extras=True)
            self.objects[kind.__name__] = {
                "type": "object",
                "description": getdoc(kind),
                "required": [name for name, field in fields.items() if get_origin(field) is not NotRequired],
                "properties": {name: self.of(field) for name, field in fields.items()},
            }
        return {"$ref": f"#/components/schemas/{kind.__name__}"}

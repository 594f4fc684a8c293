//! `trunkline/_operations/<provider>.py`, `unified.py`: a class for each operation, blocking and asynchronous, and the
//! namespaces. Unified operations have none: they are members of the clients.

use super::{HEAD, Module, TYPE_CHECKING, docstring, imports, localised};
use crate::generate::words::pascal_case;
use std::fmt::Write as _;
use trunkline_core::registry::Entry;
use trunkline_core::surface::{Field, Namespace, Signature, Type};
use trunkline_core::{Effect, WAIT_TIMEOUT};

/// What calls take beside their parameters, in the order of `prepare`; the first only where a call is for one account,
/// the last only where the provider has keys.
const OPTIONS: [(&str, &str); 4] =
    [("account", "str"), ("timeout", "float"), ("attempts", "int"), ("idempotency_key", "str")];

/// Of those, whether each may be said.
type Options = [(&'static str, &'static str, bool); 4];

/// Blocking or not: what differs.
struct Flavour {
    class: &'static str,
    def: &'static str,
    give: &'static str,
    iterator: &'static str,
}

const FLAVOURS: [Flavour; 2] = [
    Flavour { class: "", def: "def", give: "return", iterator: "Iterator" },
    Flavour { class: "Async", def: "async def", give: "return await", iterator: "AsyncIterator" },
];

pub(super) fn module(module: &Module, namespace: &Namespace) -> String {
    let unified = namespace.slug == Namespace::unified().slug;
    let mut body = String::new();
    for flavour in &FLAVOURS {
        for (signature, entry) in module.surface.operations.iter().zip(namespace.operations) {
            body += &operation(module, signature, namespace, entry, flavour);
        }
        if !unified {
            body += &attributes(module, flavour);
        }
    }
    let about = if unified { "All providers as one".to_owned() } else { format!("{}'s operations", module.name) };
    let mut text = format!("{HEAD}\"\"\"{about}.\"\"\"\n\nfrom __future__ import annotations\n");
    if body.contains("msgspec.") {
        text += "\nimport msgspec\n";
    }
    let _ = write!(text, "\nfrom trunkline import {}\n", module.slug);
    text += "from trunkline._operation import AsyncOperation, Operation, prepare\n";
    text += &imports(&body, "", "trunkline._types", &["Page"]);
    let _ = write!(text, "\n{TYPE_CHECKING}if TYPE_CHECKING:\n");
    text += &imports(&body, "    ", "collections.abc", &["AsyncIterator", "Iterator", "Sequence"]);
    text += &imports(&body, "    ", "datetime", &["datetime"]);
    text += "\n    from trunkline._client import AsyncClient, Client\n";
    text += &imports(&body, "    ", "trunkline._types", &["Answer", "Money", "Secret"]);
    text + &body
}

/// One method: how its definition begins, what it gives, and how it is done.
struct Method<'a> {
    name: &'a str,
    flavour: (&'a str, &'a str),
    gives: String,
    about: String,
    /// The inherited method, and the type that it reads.
    by: (&'a str, String),
}

fn operation(
    module: &Module,
    signature: &Signature,
    namespace: &Namespace,
    entry: &Entry,
    flavour: &Flavour,
) -> String {
    let output = module.annotation(&signature.output, false, true);
    let name = format!("{}{}", flavour.class, pascal_case(entry.endpoint.name()));
    let mut text = format!("\n\nclass {name}({}Operation):\n", flavour.class);
    text += &docstring(&first_sentence(&localised(&signature.about)), 4);
    text += "\n    __slots__ = ()\n";
    if entry.is_wait() {
        text += "    _mode = \"wait\"\n";
    }
    if entry.follows {
        text += "    _follows = True\n";
    }
    let options = options(namespace, entry);
    for method in methods(module, signature, entry, flavour, &output) {
        let Method { name, flavour: (def, give), gives, about, by: (inherited, reads) } = method;
        let _ = write!(text, "\n    {def} {name}(\n        self,\n        *,\n");
        text += &parameters(module, &signature.parameters, &options);
        let _ = write!(text, "    ) -> {gives}:\n{}", docstring(&about, 8));
        let _ = write!(text, "        {give} self.{inherited}(\n            {reads},\n");
        let _ = write!(text, "            prepare({}),\n        )\n", arguments(signature, &options));
    }
    text
}

fn methods<'a>(
    module: &Module,
    signature: &Signature,
    entry: &Entry,
    flavour: &'a Flavour,
    output: &str,
) -> Vec<Method<'a>> {
    let called = (flavour.def, flavour.give);
    let mut methods = vec![
        Method {
            name: "__call__",
            flavour: called,
            gives: output.to_owned(),
            about: about(signature, entry),
            by: ("_call", output.to_owned()),
        },
        Method {
            name: "with_response",
            flavour: called,
            gives: format!("Answer[{output}]"),
            about: match entry.endpoint.path {
                "" => {
                    "As calling it; with the result comes the provider's raw reply. Its status is 0 where the result is \
                     made of several, or of none."
                }
                _ => "As calling it; with the result comes the provider's raw reply.",
            }
            .to_owned(),
            by: ("_with_response", output.to_owned()),
        },
    ];
    if let Some(item) = &signature.item {
        let item = module.annotation(item, false, true);
        let about = match signature.output {
            Type::Page(_) => {
                "Every item of every page; pages are asked for as they are needed. `timeout` is for each page."
            }
            _ => "What the result is made of, as it comes. `timeout` is for all of it.",
        };
        methods.push(Method {
            name: "all",
            // An asynchronous iterator is not awaited.
            flavour: ("def", "return"),
            gives: format!("{}[{item}]", flavour.iterator),
            about: about.to_owned(),
            by: ("_all", item),
        });
    }
    if signature.waits {
        let seconds = WAIT_TIMEOUT.as_secs();
        methods.push(Method {
            name: "wait",
            flavour: called,
            gives: output.to_owned(),
            about: format!("Looks until the result has settled; for {seconds} s, unless `timeout` says otherwise."),
            by: ("_wait", output.to_owned()),
        });
    }
    methods
}

fn options(namespace: &Namespace, entry: &Entry) -> Options {
    OPTIONS.map(|(name, annotation)| {
        let may_be_said = match name {
            "account" => namespace.one_account,
            "idempotency_key" => namespace.keys.on(entry.endpoint.method),
            _ => true,
        };
        (name, annotation, may_be_said)
    })
}

fn parameters(module: &Module, fields: &[Field], options: &Options) -> String {
    let mut text = String::new();
    for Field { name, shape, required, clearable, .. } in fields {
        let annotation = module.annotation(shape, true, true);
        text += &match (required, clearable) {
            (true, _) => format!("        {name}: {annotation},\n"),
            (false, true) => format!("        {name}: {annotation} | None | msgspec.UnsetType = msgspec.UNSET,\n"),
            (false, false) => format!("        {name}: {annotation} | None = None,\n"),
        };
    }
    for (name, annotation, _) in options.iter().filter(|(.., may_be_said)| *may_be_said) {
        let _ = writeln!(text, "        {name}: {annotation} | None = None,");
    }
    text
}

/// What `prepare` takes: the parameters as a dict, the options, and in a dict of their own those that may be cleared.
fn arguments(signature: &Signature, options: &Options) -> String {
    let dict = |clearable: bool| -> String {
        let fields = signature.parameters.iter().filter(|field| field.clearable == clearable);
        fields.map(|field| format!("\"{0}\": {0}", field.name)).collect::<Vec<_>>().join(", ")
    };
    let mut options: Vec<&str> =
        options.iter().map(|(name, _, may_be_said)| if *may_be_said { *name } else { "None" }).collect();
    // The key has a default.
    options.pop_if(|last| *last == "None");
    let mut text = format!("\"{}\", {{{}}}, {}", signature.id, dict(false), options.join(", "));
    let clearable = dict(true);
    if !clearable.is_empty() {
        let _ = write!(text, ", changes={{{clearable}}}");
    }
    text
}

fn about(signature: &Signature, entry: &Entry) -> String {
    let endpoint = &entry.endpoint;
    let effect = if matches!(endpoint.effect, Effect::Spends(_)) { ", spends money" } else { "" };
    let mut text = localised(&signature.about);
    if !endpoint.path.is_empty() {
        let _ = write!(text, "\n\n`{} {}`{effect}.", endpoint.method, endpoint.path);
    }
    if !signature.parameters.is_empty() {
        text += "\n\nArgs:";
    }
    for field in &signature.parameters {
        let mut about = localised(&field.about).replace("\n\n", " ");
        if field.clearable {
            about += " None takes the value away.";
        }
        if let Type::Secret = field.shape {
            about += " Never printed.";
        }
        let _ = write!(text, "\n    {}: {about}", field.name);
    }
    text
}

fn first_sentence(text: &str) -> String {
    let end = text.find(". ").or_else(|| text.find(".\n")).map_or(text.len(), |end| end + 1);
    text[..end].to_owned()
}

fn attributes(module: &Module, flavour: &Flavour) -> String {
    let (class, name) = (flavour.class, module.name);
    let mut text = format!("\n\nclass {class}{name}:\n    \"\"\"{name}'s operations.\"\"\"\n");
    let _ = write!(text, "\n    def __init__(self, client: {class}Client) -> None:\n");
    for signature in &module.surface.operations {
        let operation = signature.id.split('.').next_back().unwrap_or_default();
        let _ = writeln!(text, "        self.{operation} = {class}{}(client)", pascal_case(operation));
    }
    text
}

//! `trunkline/_operations/<provider>.py`: a class for each operation, blocking and asynchronous, and the namespaces.

use super::{HEAD, Module, TYPE_CHECKING, docstring, imports, localised};
use crate::generate::words::pascal_case;
use std::fmt::Write as _;
use trunkline_core::provider::ProviderEntry;
use trunkline_core::registry::Entry;
use trunkline_core::surface::{Field, Signature, Type};
use trunkline_core::{Effect, WAIT_TIMEOUT};

/// What calls take beside their parameters, in the order of `prepare`; the last only where the provider has keys.
const OPTIONS: [(&str, &str); 4] =
    [("account", "str"), ("timeout", "float"), ("attempts", "int"), ("idempotency_key", "str")];

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

pub(super) fn module(module: &Module, provider: &ProviderEntry) -> String {
    let mut body = String::new();
    for flavour in &FLAVOURS {
        for (signature, entry) in module.surface.operations.iter().zip(provider.operations) {
            body += &operation(module, signature, provider, entry, flavour);
        }
        body += &namespace(module, flavour);
    }
    let mut text = format!("{HEAD}\"\"\"{}'s operations.\"\"\"\n\nfrom __future__ import annotations\n", module.name);
    if body.contains("msgspec.") {
        text += "\nimport msgspec\n";
    }
    let _ = write!(text, "\nfrom trunkline import {}\n", module.slug);
    text += "from trunkline._operation import AsyncOperation, Operation, prepare\n";
    text += &imports(&body, "", "trunkline._types", &["Page"]);
    let _ = write!(text, "\n{TYPE_CHECKING}if TYPE_CHECKING:\n");
    text += &imports(&body, "    ", "collections.abc", &["AsyncIterator", "Iterator", "Sequence"]);
    text += "\n    from trunkline._client import AsyncClient, Client\n";
    text += &imports(&body, "    ", "trunkline._types", &["Answer", "Secret"]);
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
    provider: &ProviderEntry,
    entry: &Entry,
    flavour: &Flavour,
) -> String {
    let output = module.annotation(&signature.output, false, true);
    let name = format!("{}{}", flavour.class, pascal_case(entry.endpoint.name()));
    let mut text = format!("\n\nclass {name}({}Operation):\n", flavour.class);
    text += &docstring(&first_sentence(&localised(&signature.about)), 4);
    text += "\n    __slots__ = ()\n";
    let keyed = provider.facts.keys.on(entry.endpoint.method);
    for method in methods(module, signature, entry, flavour, &output) {
        let Method { name, flavour: (def, give), gives, about, by: (inherited, reads) } = method;
        let _ = write!(text, "\n    {def} {name}(\n        self,\n        *,\n");
        text += &parameters(module, &signature.parameters, keyed);
        let _ = write!(text, "    ) -> {gives}:\n{}", docstring(&about, 8));
        let _ = write!(text, "        {give} self.{inherited}(\n            {reads},\n");
        let _ = write!(text, "            prepare({}),\n        )\n", arguments(signature, keyed));
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
            about: "As calling it; with the result comes the provider's raw reply.".to_owned(),
            by: ("_with_response", output.to_owned()),
        },
    ];
    if let Some(item) = &signature.item {
        let item = module.annotation(item, false, true);
        methods.push(Method {
            name: "all",
            // An asynchronous iterator is not awaited.
            flavour: ("def", "return"),
            gives: format!("{}[{item}]", flavour.iterator),
            about: "Every item of every page; pages are asked for as they are needed. `timeout` is for each page."
                .to_owned(),
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

fn options(keyed: bool) -> &'static [(&'static str, &'static str)] {
    if keyed { &OPTIONS } else { &OPTIONS[..3] }
}

fn parameters(module: &Module, fields: &[Field], keyed: bool) -> String {
    let mut text = String::new();
    for Field { name, shape, required, clearable, .. } in fields {
        let annotation = module.annotation(shape, true, true);
        text += &match (required, clearable) {
            (true, _) => format!("        {name}: {annotation},\n"),
            (false, true) => format!("        {name}: {annotation} | None | msgspec.UnsetType = msgspec.UNSET,\n"),
            (false, false) => format!("        {name}: {annotation} | None = None,\n"),
        };
    }
    for (name, annotation) in options(keyed) {
        let _ = writeln!(text, "        {name}: {annotation} | None = None,");
    }
    text
}

/// What `prepare` takes: the parameters as a dict, the options, and in a dict of their own those that may be cleared.
fn arguments(signature: &Signature, keyed: bool) -> String {
    let dict = |clearable: bool| -> String {
        let fields = signature.parameters.iter().filter(|field| field.clearable == clearable);
        fields.map(|field| format!("\"{0}\": {0}", field.name)).collect::<Vec<_>>().join(", ")
    };
    let options: Vec<&str> = options(keyed).iter().map(|(name, _)| *name).collect();
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
    let mut text = format!("{}\n\n`{} {}`{effect}.", localised(&signature.about), endpoint.method, endpoint.path);
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

fn namespace(module: &Module, flavour: &Flavour) -> String {
    let (class, name) = (flavour.class, module.name);
    let mut text = format!("\n\nclass {class}{name}:\n    \"\"\"{name}'s operations.\"\"\"\n");
    let _ = write!(text, "\n    def __init__(self, client: {class}Client) -> None:\n");
    for signature in &module.surface.operations {
        let operation = signature.id.split('.').next_back().unwrap_or_default();
        let _ = writeln!(text, "        self.{operation} = {class}{}(client)", pascal_case(operation));
    }
    text
}

//! `trunkline/_clients.py` and `trunkline/settings.py`: the two clients and what their accounts are made of.

use super::{HEAD, TYPE_CHECKING, docstring};
use crate::Result;
use crate::generate::members;
use crate::generate::words::pascal_case;
use std::fmt::Write as _;
use trunkline_core::PROVIDERS;
use trunkline_core::setting::{COMMON_SETTINGS, Takes};
use trunkline_core::unified::UNIFIED;

pub(super) fn settings() -> String {
    let mut text = format!(
        "{HEAD}{}\nfrom __future__ import annotations\n\nfrom typing import Literal, TypedDict\n",
        docstring("The settings of an account at each provider, for type checkers: plain dicts do.", 0)
    );
    let names = PROVIDERS.iter().map(|provider| format!("{}Settings", provider.facts.name));
    let names: String = names.map(|name| format!("    \"{name}\",\n")).collect();
    let _ = write!(text, "\n__all__ = [\n{names}]\n");
    for provider in PROVIDERS {
        let facts = provider.facts;
        let _ = write!(
            text,
            "\n\nclass {0}Settings(TypedDict, total=False):\n    \"\"\"An account at {0}.\"\"\"\n",
            facts.name
        );
        for setting in facts.settings.iter().chain(&COMMON_SETTINGS) {
            let about =
                if setting.required { format!("Required: {}", setting.about) } else { setting.about.to_owned() };
            let annotation = annotation(setting.takes);
            let _ = write!(text, "\n    {}: {annotation}\n{}", setting.name, docstring(&sentence(&about), 4));
        }
        for name in facts.rate_limit_settings() {
            let _ = write!(text, "\n    {name}: str\n{}", docstring("As `rate_limit`, for these operations.", 4));
        }
        let provider = "Of an account that is not named after its provider: which one it is at.";
        let _ = write!(text, "\n    provider: str\n{}", docstring(provider, 4));
    }
    text
}

/// Numbers may be given as text, too.
fn annotation(takes: Takes) -> String {
    match takes {
        Takes::Text => "str".to_owned(),
        Takes::Number => "int | str".to_owned(),
        Takes::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            format!("Literal[{}]", words.join(", "))
        }
    }
}

/// A few words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

pub(super) fn clients() -> Result<String> {
    members::check("pkg/python/src/trunkline/_client.py", str::to_owned)?;
    let mut text = format!(
        "{HEAD}\"\"\"The clients: one attribute for each provider, and one for each operation of all as one.\"\"\"\n\nfrom __future__ import annotations\n\n\
         from trunkline._client import AsyncClient, Client\n\n{TYPE_CHECKING}if TYPE_CHECKING:\n    \
         from collections.abc import Mapping\n    from os import PathLike\n    from typing import Any\n\n    \
         from trunkline import settings\n    from trunkline._journal import AnyJournal, Journal\n"
    );
    text += "    from trunkline._operations import unified\n";
    for provider in PROVIDERS {
        let facts = provider.facts;
        let _ = writeln!(text, "    from trunkline._operations.{0} import Async{1}, {1}", facts.slug, facts.name);
    }
    text += "    from trunkline._transport import AnyTransport, SyncTransport\n";
    text += &client("Client", "Trunkline", "", "Journal", "SyncTransport");
    text += &client("AsyncClient", "AsyncTrunkline", "Async", "AnyJournal", "AnyTransport");
    Ok(text)
}

fn client(base: &str, name: &str, namespace: &str, journal: &str, transport: &str) -> String {
    let call = if namespace.is_empty() { "" } else { "await " };
    let mut text = format!("\n\nclass {name}({base}):\n");
    text += &docstring(
        &format!(
            "A client with accounts at the providers.\n\nWithout any account they come from the environment, \
             `TRUNKLINE_<PROVIDER>_<SETTING>`:\n\n    client = {name}()\n    \
             {call}client.search(country=\"US\", service=\"whatsapp\")\n    \
             {call}client.rentnumber.rent(pricing_id=42)\n\nArgs:\n    accounts: More accounts by name, each with its \
             `provider`; choose one with `account=` in a call.\n    timeout: Seconds for each call (a wait has its own), \
             retries included; by default 30, for purchases 90.\n    transport: Carries requests in another way; see \
             `trunkline.httpx` for an example.\n    journal: Records purchases, so that \
             `recover` can settle what a crash leaves open: a folder, or an object with `record(line)`. Without one only \
             the client itself keeps what is open.\n    environment: Read the environment as well; by default \
             only when no account is given."
        ),
        4,
    );
    let namespaces: String = PROVIDERS
        .iter()
        .map(|provider| format!("        \"{0}\": \"{0}.{namespace}{1}\",\n", provider.facts.slug, provider.facts.name))
        .collect();
    let unified: Vec<&str> = UNIFIED.iter().map(|entry| entry.endpoint.name()).collect();
    let operations: String = unified
        .iter()
        .map(|name| format!("        \"{name}\": \"unified.{namespace}{}\",\n", pascal_case(name)))
        .collect();
    let _ = write!(text, "\n    _attributes = {{\n{namespaces}{operations}    }}\n\n    if TYPE_CHECKING:\n");
    for provider in PROVIDERS {
        let _ = writeln!(text, "        {}: {namespace}{}", provider.facts.slug, provider.facts.name);
    }
    for name in unified {
        let _ = writeln!(text, "        {name}: unified.{namespace}{}", pascal_case(name));
    }
    text += "\n    def __init__(\n        self,\n        *,\n";
    for provider in PROVIDERS {
        let facts = provider.facts;
        let _ = writeln!(text, "        {}: settings.{}Settings | None = None,", facts.slug, facts.name);
    }
    let _ = write!(
        text,
        "        accounts: Mapping[str, Mapping[str, Any]] | None = None,\n        timeout: float | None = None,\n        \
         transport: {transport} | None = None,\n        journal: str | PathLike[str] | {journal} | None = None,\n        \
         environment: bool | None = None,\n    ) -> None:\n        named = {{\n"
    );
    for provider in PROVIDERS {
        let _ = writeln!(text, "            \"{0}\": {0},", provider.facts.slug);
    }
    text += "        }\n        super().__init__(named, accounts, timeout, transport, journal, environment)\n";
    text
}

//! The rules of a journal that the pages of one origin share: what its database holds goes in, what it is to hold comes out.

use trunkline_core::{Consult, kept};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn answered(answer: &str, ledger: &str, holders: Vec<String>, took_over: bool) -> JsValue;
}

/// A client's ledger with a line more; it has none before its first. Throws a text.
#[wasm_bindgen(js_name = journalRecord)]
pub fn journal_record(ledger: Option<String>, line: &str) -> Result<String, String> {
    kept::record(ledger.as_deref(), line)
}

/// The keys whose holders an answer needs. Throws a text.
#[wasm_bindgen(js_name = journalKeys)]
pub fn journal_keys(question: &str) -> Result<Vec<String>, String> {
    Ok(kept::keys(&Consult::from_json(question)?).to_vec())
}

/// `[answer, ledger, holders, tookOver]`. Other ledgers as name, ledger, name, ledger…; who is gone, by name; of each key
/// its holder, or nothing. Throws a text.
#[wasm_bindgen(js_name = journalConsult)]
pub fn journal_consult(
    question: &str,
    ledger: Option<String>,
    others: Vec<String>,
    gone: Vec<String>,
    holders: Vec<String>,
) -> Result<JsValue, String> {
    let others: Vec<kept::Other<'_>> = others
        .chunks_exact(2)
        .filter_map(|pair| pair.first().zip(pair.last()))
        .map(|(name, ledger)| kept::Other { name, ledger, gone: gone.contains(name) })
        .collect();
    let holders = holders.into_iter().map(|holder| Some(holder).filter(|it| !it.is_empty())).collect();
    let found = kept::consult(Consult::from_json(question)?, ledger.as_deref(), &others, holders)?;
    let holders = found.holders.into_iter().map(Option::unwrap_or_default).collect();
    Ok(answered(&found.answer.to_json(), &found.ledger, holders, found.took_over))
}

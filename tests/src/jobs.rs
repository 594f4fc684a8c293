//! For every operation: what has to be there before it, and parameters with which it succeeds at the sandbox.

use serde_json::{Value, json};
use std::time::Duration;
use trunkline_core::Result;

/// Where a job is done: a stage, or a client before a server.
pub trait Stage {
    /// Runs one operation.
    fn call(&mut self, operation: &str, params: &Value) -> Result<Value>;

    /// Lets that much of the sandbox's time pass.
    fn pass(&mut self, duration: Duration);
}

/// How one operation is made to succeed.
pub struct Job {
    /// Its id.
    pub operation: &'static str,
    /// Does what comes before, and gives the parameters.
    pub prepare: fn(&mut dyn Stage) -> Value,
}

/// One for every operation, in the registry's order.
pub static JOBS: &[Job] = &[
    Job { operation: "tempnumber.get_account", prepare: nothing },
    Job { operation: "tempnumber.list_pricing", prepare: nothing },
    Job { operation: "tempnumber.get_country_pricing", prepare: |_| json!({ "country_code": "US" }) },
    Job { operation: "tempnumber.get_inventory", prepare: |_| json!({ "country_code": "US", "duration": "oneMonth" }) },
    Job { operation: "tempnumber.buy_number", prepare: |_| json!({ "country_code": "US", "duration": "oneMonth" }) },
    Job { operation: "tempnumber.renew_number", prepare: tempnumber_number },
    Job { operation: "tempnumber.cancel_number", prepare: tempnumber_number },
    Job {
        operation: "tempnumber.list_numbers",
        prepare: |stage| {
            tempnumber_number(stage);
            json!({})
        },
    },
    Job { operation: "tempnumber.list_number_sms", prepare: tempnumber_number },
    Job {
        operation: "tempnumber.receive_sms",
        prepare: |stage| {
            tempnumber_number(stage);
            json!({ "phone_number": "+12025550134" })
        },
    },
    Job { operation: "rentnumber.get_balance", prepare: nothing },
    Job { operation: "rentnumber.list_services", prepare: nothing },
    Job { operation: "rentnumber.list_countries", prepare: nothing },
    Job { operation: "rentnumber.list_prices", prepare: |_| json!({ "slug": "whatsapp" }) },
    Job { operation: "rentnumber.rent", prepare: |_| json!({ "pricing_id": 42 }) },
    Job { operation: "rentnumber.get_rental", prepare: rentnumber_rental },
    Job { operation: "rentnumber.cancel_rental", prepare: rentnumber_rental },
    Job {
        operation: "rentnumber.list_rentals",
        prepare: |stage| {
            rentnumber_rental(stage);
            json!({})
        },
    },
    Job { operation: "sinch.search_available", prepare: |_| json!({ "region_code": "US", "number_type": "LOCAL" }) },
    Job { operation: "sinch.rent_number", prepare: |_| json!({ "phone_number": SINCH_NUMBER }) },
    Job {
        operation: "sinch.list_numbers",
        prepare: |stage| {
            sinch_number(stage);
            json!({ "region_code": "US", "number_type": "LOCAL" })
        },
    },
    Job {
        operation: "sinch.update_number",
        prepare: |stage| {
            sinch_number(stage);
            json!({ "phone_number": SINCH_NUMBER, "display_name": "desk" })
        },
    },
    Job { operation: "sinch.release_number", prepare: sinch_number },
    Job { operation: "sinch.get_available", prepare: |_| json!({ "phone_number": SINCH_NUMBER }) },
    Job { operation: "sinch.rent_any_number", prepare: |_| json!({ "region_code": "US", "number_type": "LOCAL" }) },
    Job { operation: "sinch.get_number", prepare: sinch_number },
    Job { operation: "sinch.list_regions", prepare: nothing },
    Job { operation: "sinch.get_callback_configuration", prepare: nothing },
    Job {
        operation: "sinch.update_callback_configuration",
        prepare: |_| json!({ "hmac_secret": "0123456789-0123456789-0123456789-ab" }),
    },
    Job { operation: "sinch.get_emergency_address", prepare: sinch_emergency_address },
    Job {
        operation: "sinch.provision_emergency_address",
        prepare: |stage| {
            sinch_number(stage);
            sinch_address()
        },
    },
    Job {
        operation: "sinch.validate_emergency_address",
        prepare: |stage| {
            sinch_number(stage);
            sinch_address()
        },
    },
    Job { operation: "sinch.deprovision_emergency_address", prepare: sinch_emergency_address },
    Job { operation: "voepy.search_available", prepare: |_| json!({ "country_code": "US", "number_type": "local" }) },
    Job { operation: "voepy.reserve_numbers", prepare: |_| json!({ "phone_numbers": [VOEPY_NUMBER] }) },
    Job { operation: "voepy.order_numbers", prepare: voepy_order },
    Job {
        operation: "voepy.list_numbers",
        prepare: |stage| {
            voepy_number(stage);
            json!({})
        },
    },
    Job {
        operation: "voepy.update_number",
        prepare: |stage| {
            let id = voepy_number(stage);
            json!({ "number_id": id, "customer_reference": "desk" })
        },
    },
    Job {
        operation: "voepy.release_number",
        prepare: |stage| {
            let id = voepy_number(stage);
            json!({ "number_id": id })
        },
    },
    Job {
        operation: "voepy.lookup_number",
        prepare: |_| json!({ "phone_number": VOEPY_NUMBER, "lookup_type": "carrier" }),
    },
    Job { operation: "voepy.check_portability", prepare: |_| json!({ "phone_numbers": ["+15125559999"] }) },
    Job { operation: "voepy.check_csr_coverage", prepare: |_| json!({ "phone_numbers": ["+15125559999"] }) },
    Job { operation: "voepy.create_porting_order", prepare: voepy_porting_order },
    Job { operation: "voepy.list_porting_orders", prepare: nothing },
    Job { operation: "voepy.upload_porting_document", prepare: |_| voepy_document() },
    Job { operation: "voepy.create_emergency_address", prepare: |_| voepy_address() },
    Job { operation: "voepy.get_connection", prepare: nothing },
    Job { operation: "voepy.list_connections", prepare: nothing },
    Job { operation: "voepy.get_account", prepare: nothing },
    Job {
        operation: "voepy.create_webhook_subscription",
        prepare: |_| json!({ "target_url": "https://example.com/hook", "event_types": ["*"] }),
    },
    Job { operation: "voepy.list_webhook_deliveries", prepare: nothing },
    Job { operation: "vonage.get_balance", prepare: nothing },
    Job { operation: "vonage.get_pricing", prepare: |_| json!({ "country": "GB" }) },
    Job { operation: "vonage.update_settings", prepare: |_| json!({ "mo_callback_url": "https://example.com/mo" }) },
    Job {
        operation: "vonage.list_numbers",
        prepare: |stage| {
            vonage_number(stage);
            json!({})
        },
    },
    Job { operation: "vonage.search_available", prepare: |_| json!({ "country": "GB" }) },
    Job { operation: "vonage.buy_number", prepare: |_| vonage_params() },
    Job { operation: "vonage.cancel_number", prepare: vonage_number },
    Job {
        operation: "vonage.update_number",
        prepare: |stage| {
            vonage_number(stage);
            json!({ "country": "GB", "phone_number": VONAGE_NUMBER, "mo_http_url": "https://example.com/mo" })
        },
    },
    Job { operation: "vonage.top_up", prepare: |_| json!({ "trx": "8ef2447e69604f642ae59363aa5f781b" }) },
    Job { operation: "vonage.get_product_pricing", prepare: |_| json!({ "product": "sms", "country": "CA" }) },
    Job { operation: "vonage.list_product_pricing", prepare: |_| json!({ "product": "sms" }) },
    Job { operation: "vonage.list_prefix_pricing", prepare: |_| json!({ "product": "sms", "prefix": "44" }) },
];

const SINCH_NUMBER: &str = "+12089087284";
const VOEPY_NUMBER: &str = "+15125550100";
const VONAGE_NUMBER: &str = "+447700900000";

fn nothing(_: &mut dyn Stage) -> Value {
    json!({})
}

fn call(stage: &mut dyn Stage, operation: &str, params: &Value) -> Value {
    stage.call(operation, params).unwrap_or_else(|error| panic!("preparing: {error}"))
}

fn tempnumber_number(stage: &mut dyn Stage) -> Value {
    let number = call(stage, "tempnumber.buy_number", &json!({ "country_code": "US", "duration": "oneMonth" }));
    json!({ "number_id": number["id"] })
}

fn rentnumber_rental(stage: &mut dyn Stage) -> Value {
    let rental = call(stage, "rentnumber.rent", &json!({ "pricing_id": 42 }));
    json!({ "rental_id": rental["rental_id"] })
}

fn sinch_number(stage: &mut dyn Stage) -> Value {
    let params = json!({ "phone_number": SINCH_NUMBER });
    call(stage, "sinch.rent_number", &params);
    params
}

fn sinch_address() -> Value {
    json!({
        "phone_number": SINCH_NUMBER,
        "display_name": "Front desk",
        "address": { "street_number": "1", "street_info": "Example St", "city": "Boise", "state": "ID", "postal_code": "83702" },
    })
}

fn sinch_emergency_address(stage: &mut dyn Stage) -> Value {
    let number = sinch_number(stage);
    call(stage, "sinch.provision_emergency_address", &sinch_address());
    number
}

fn voepy_order(_: &mut dyn Stage) -> Value {
    json!({ "phone_numbers": [VOEPY_NUMBER], "country_code": "US", "number_type": "local" })
}

/// A number that has become active; its id.
fn voepy_number(stage: &mut dyn Stage) -> Value {
    let params = voepy_order(stage);
    let ordered = call(stage, "voepy.order_numbers", &params);
    stage.pass(Duration::from_secs(10));
    ordered[0]["id"].clone()
}

fn voepy_document() -> Value {
    json!({ "files": [{ "file_name": "loa.pdf", "content_type": "application/pdf", "content": "JVBERi0xLjQ=" }] })
}

fn voepy_porting_order(stage: &mut dyn Stage) -> Value {
    let documents = call(stage, "voepy.upload_porting_document", &voepy_document());
    json!({ "phone_numbers": ["+15125559999"], "document_ids": [documents[0]["id"]] })
}

fn voepy_address() -> Value {
    json!({
        "street_address": "1 Example St",
        "locality": "Austin",
        "administrative_area": "TX",
        "postal_code": "78701",
        "country_code": "US",
    })
}

fn vonage_params() -> Value {
    json!({ "country": "GB", "phone_number": VONAGE_NUMBER })
}

fn vonage_number(stage: &mut dyn Stage) -> Value {
    call(stage, "vonage.buy_number", &vonage_params());
    vonage_params()
}

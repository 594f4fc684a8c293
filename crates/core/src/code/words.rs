//! The words that say what a number is. In each list, `pin` is the whole word, `kod*` how it starts (more than a word,
//! if there are spaces: `kata sandi*`), `*code` what is anywhere in it.

use super::shape::Candidate;
use super::tokens::{Kind, Text, Token};
use std::ops::Range;

/// What a word says of the number near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// It is a code.
    Code,
    /// Type it: of what is right beside it alone.
    Enter,
}

const CODE: &str = "\
*code|*código|*codigo|*codice|kode|kod*|код*|Код*|КОД*|otp*|pin|пин*|ПИН*|tan|mtan|token*|*passwor*\
|*wachtwoord|contraseña*|clave|senha|palavra-passe*|mot de passe*|passe|parola*|şifre*|sifre*|Şifre*|hasło*\
|hasła*|Hasło*|парол*|Парол*|ПАРОЛ*|*verif*|*vérif*|mã|Mã|ma otp*|ma xac*|ma nhan*|mật khẩu*|Mật khẩu*\
|mat khau*|kata sandi*|sandi|*رمز*|*كود*|كلمة المرور*|كلمة السر*|*कोड*|ओटीपी*|पिन|*पासवर्ड*|*验证码*|*驗證碼*\
|*校验码*|*动态码*|*取件码*|*激活码*|*确认码*|*密码*|*密碼*|*口令*|*コード*|*パスワード*|*暗証番号*|*認証番号*|*確認番号*|*인증번호*|*확인번호*|*비밀번호*|*코드*";

/// Beside a code word: it is no code of ours.
const NO_CODE: &str = "\
*promo*|*промо*|*Промо*|*discount*|*coupon*|*cupon*|*cupón*|*cupom*|*kupon*|*voucher*|zip|*postal*|*postcod*\
|*sconto*|*fiscal*|*korting*|*gutschein*|*rabat*|скидк*|знижк*|giảm|giam|barr*|barcode*|qr|error|dress|area\
|country|swift|sort|iban|*优惠*|*クーポン*|*쿠폰*|*할인*|*خصم*|*कूपन*|*كوبون*";

/// For what only a shop writes: then letters and digits are a voucher.
const SELLS: &str = "\
*promo*|*промокод*|*coupon*|*cupon*|*cupón*|*cupom*|*kupon*|*voucher*|*sconto*|*korting*|*gutschein*|*rabat*\
|discount*|*优惠*|*クーポン*|*쿠폰*|*할인*|*خصم*|*कूपन*|*كوبون*";

const ENTER: &str = "\
use|enter|introduc*|introduzca|ingres*|insira|digite|informe|utilize|saisi*|entrez|tapez|utilisez|eingeben\
|eingib|verwenden*|inserisci|inserire|digita|vul|voer|gebruik|wpisz|podaj|введите|Введите|введіть|Введіть\
|girin*|أدخل|ادخل|दर्ज|*输入*|*輸入*|*入力*|*입력*|masukkan|gunakan|nhập|Nhập|nhap";

const IS: &str = "\
is|es|é|est|ist|lautet|luidt|è|to|adalah|là|la|هو|है";

/// Right before a number: it is that of an order, a journey, a telephone, a house.
const LABEL: &str = "\
order*|*tracking*|parcel|shipment|flight|invoice|booking|ref|reference|call|dial|phone|tel|telephone|hotline\
|helpline|ending|locker|room|gate|plate|amount|pedido*|factura|fatura|vuelo|voo|llam*|marque|terminad*|ligue\
|commande*|vol|facture|appel*|terminant|bestell*|sendung*|rechnung*|flug|endet|packstation|ruf*|anruf*\
|ordine|volo|chiama*|bestelling*|vlucht|factuur|bel|eindigend|zamówieni*|Zamówieni*|przesyłk*|paczk*|zadzwoń\
|заказ*|Заказ*|рейс*|Рейс*|тел|Тел|звоните|карта|карты|замовлення*|Замовлення*|картка|посилк*|Посилк*\
|sipariş*|takip|شحنت*|*طلب*|اتصل|ऑर्डर|*订单*|*快件*|*尾号*|*电话*|*热线*|*致电*|*航班*|*注文番号*|*末尾*|*電話*|*운송장*|*주문번호*|*문의*\
|pesanan*|berakhir*|hubungi|đơn*|don hang*|gọi|gửi|lô|rue|calle|street|via";

/// Between a label and its number.
const FILLER: &str = "\
no|nr|n|num|number|numero|número|nummer|numer|номер|id|us|on|in|en|par|auf|op|رقم|số|so|at|al|au";

const UNIT: &str = "\
mb|gb|kb|mo|go|мб|МБ|гб|ГБ|min|mins|minut*|минут*|хв*|мин*|sec*|am|pm|uhr|uur|km|kg|day*|hour*|kwh|ميجا*\
|مترا*|दिन|घंट*|बजे|मिनट|元|円|원|年|月|日|分|秒|时|時|号|號|番|번|월|년|일|시|분|点|인|euro*|dollar*|ريال|درهم|دينار|جنيه|रुपये\
|zł*|руб*|грн*|đ|đồng|dong|point*|rupiah|lira|th|st|nd|rd";

const CURRENCY: &str = "\
usd|eur|gbp|inr|rs|rp|idr|vnd|cny|rmb|jpy|krw|try|tl|pln|zl|rub|uah|brl|cop|mxn|ars|chf|cad|aud|sek|nok|dkk\
|kr|ngn|aed|sar|egp|kes|zar|myr|sgd|thb|php|р";

/// Whether the word speaks of a code that is sent to be typed.
fn is_code_word(text: &Text<'_>, word: usize) -> bool {
    let around = word.saturating_sub(1)..(word + 3).min(text.tokens.len());
    is_one_of(text, word, CODE) && !around.into_iter().any(|at| is_one_of(text, at, NO_CODE))
}

/// The words of a text that say that a code is near, and where they stand.
pub(super) fn cues(text: &Text<'_>) -> Vec<(usize, Cue)> {
    let cue = |at: usize| {
        let enter = is_one_of(text, at, ENTER).then_some(Cue::Enter);
        if is_code_word(text, at) { Some(Cue::Code) } else { enter }
    };
    (0..text.tokens.len()).filter_map(|at| Some((at, cue(at)?))).collect()
}

/// Whether a colon or an "is" comes right before the code.
pub(super) fn is_led_to(text: &Text<'_>, candidate: &Candidate) -> bool {
    let before = candidate.tokens.start;
    let colon = text.gap_before(before).contains([':', '：']);
    colon || before.checked_sub(1).is_some_and(|at| is_one_of(text, at, IS))
}

/// Whether an "is" or a dash comes right after the code.
pub(super) fn leads_on(text: &Text<'_>, candidate: &Candidate) -> bool {
    let dash = text.gap(candidate.tokens.end - 1).contains(['-', '—']);
    dash || is_one_of(text, candidate.tokens.end, IS)
}

/// Whether the text offers something: a voucher or a percentage.
pub(super) fn sells(text: &Text<'_>) -> bool {
    let words = (0..text.tokens.len()).any(|at| is_one_of(text, at, SELLS));
    words || text.text.contains(['%', '٪', '％'])
}

/// Whether it is a unit: of what has been counted before it.
pub(super) fn is_unit(word: &str) -> bool {
    matches(word, word, UNIT) || matches(word, word, CURRENCY)
}

/// Whether a unit or a currency comes right after the number, or a currency right before it.
pub(super) fn is_measured(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let is_near = |gap: &str| gap.chars().all(|sign| sign == ' ' || sign == '.');
    let unit_after = text.gap(tokens.end - 1).trim_start().is_empty()
        && text.tokens.get(tokens.end).is_some_and(|token| is_unit(token.text) || is_wide_unit(token));
    let before = tokens.start.checked_sub(1).filter(|_| is_near(text.gap_before(tokens.start)));
    unit_after || before.is_some_and(|at| is_one_of(text, at, CURRENCY))
}

/// `元,`: of scripts without spaces, how the word starts.
fn is_wide_unit(token: &Token<'_>) -> bool {
    let wide = token.text.starts_with(|c: char| c >= '\u{2e80}');
    wide && UNIT.split('|').any(|unit| unit.starts_with(|c: char| c >= '\u{2e80}') && token.text.starts_with(unit))
}

/// Whether the word before the number says that it is an order's, a telephone's, or the like.
pub(super) fn is_labelled(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let before = (0..tokens.start).rev().find(|at| !is_one_of(text, *at, FILLER));
    before.is_some_and(|at| is_one_of(text, at, LABEL) && !is_one_of(text, at, CODE))
}

fn is_one_of(text: &Text<'_>, at: usize, list: &str) -> bool {
    let Some(token) = text.tokens.get(at).filter(|token| token.kind == Kind::Word) else { return false };
    matches(token.text, text.from(at), list)
}

/// `rest`: the text from the word on.
fn matches(word: &str, rest: &str, list: &str) -> bool {
    list.split('|').any(|entry| match (entry.strip_prefix('*'), entry.strip_suffix('*')) {
        (Some(part), _) => {
            let part = part.trim_end_matches('*');
            (0..word.len()).any(|at| word.as_bytes().get(at..).is_some_and(|tail| starts_with(tail, part)))
        }
        (None, Some(start)) => starts_with(rest.as_bytes(), start),
        (None, None) => word.eq_ignore_ascii_case(entry),
    })
}

fn starts_with(text: &[u8], start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

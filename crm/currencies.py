"""Currencies: which there are (ISO 4217), how many minor units each is divided into, and what people call them."""

from __future__ import annotations

from typing import Final

_EVERY: Final = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
"""
CODES: Final = frozenset(_EVERY.split())

_DIGITS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_MINOR_DIGITS: Final = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}

WELL_KNOWN: Final = frozenset(
    {"BYN", "CHF", "CNY", "CZK", "EUR", "GBP", "JPY", "KZT", "MDL", "PLN", "RUB", "UAH", "USD"}
)
"""Codes that are no word of anybody's in small letters, as "gel", "all", "try" and "top" are."""

SYMBOLS: Final = {
    "₴": "UAH",
    "$": "USD",
    "€": "EUR",
    "₽": "RUB",
    "£": "GBP",
    "₸": "KZT",
    "₾": "GEL",
    "₺": "TRY",
    "¥": "JPY",
    "₪": "ILS",
    "₹": "INR",
    "₩": "KRW",
}

_SAID: Final = {
    "UAH": "грн гривня гривна гривні гривны гривен гривень hrn",
    "USD": "доллар доллара долларов долар долара долари доларів долл дол бакс бакса баксов баксів dollar dollars",
    "EUR": "евро євро euro euros",
    "RUB": "р руб рубль рубля рублей рублі рублів ruble rubles",
    "GBP": "фунт фунта фунтов фунти фунтів pound pounds quid",
    "PLN": "zł zl злотый злотых злотий злоті злотих",
    "CZK": "kč",
    "KZT": "тенге tenge",
    "GEL": "лари ларі lari",
    "BYN": "br",
}
WORDS: Final = {word: code for code, words in _SAID.items() for word in words.split()}
"""What people write for a currency, in small letters and without the full stop."""

_HUNDREDTHS: Final = "коп копейка копейки копеек копійка копійки копійок kop c cent cents цент центов центів"
MINOR_WORDS: Final = frozenset(_HUNDREDTHS.split())
"""What people call a hundredth."""


def minor_digits(code: str) -> int:
    """How many decimal digits an amount in this currency has: two, but none of a yen and three of a Kuwaiti dinar
    (ISO 4217, "minor unit")."""
    return _MINOR_DIGITS.get(code, 2)

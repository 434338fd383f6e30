export-ask-use = { $count ->
    [0] Nobody is “{ $about }”: there is nothing to export.
    [one] “{ $about }”: { $count } person. What is the file for?
   *[other] “{ $about }”: { $count } people. What is the file for?
}
export-ask-use-all = { $count ->
    [0] There is nobody in the base yet: nothing to export.
    [one] The whole base: { $count } person. What is the file for?
   *[other] The whole base: { $count } people. What is the file for?
}
export-use-call = 📞 To call
export-use-mail = ✉️ To write
export-use-full = 🗂 Whole cards
export-holds-call = Names, phones, tags, the manager and the last purchase. Only those who have a phone.
export-holds-mail = Names, e-mails and Telegram. Only those who agreed to get offers.
export-holds-full = Everything on the cards.
export-ask-format = { $what } In which form?
export-format-xlsx = Excel
export-format-csv = CSV
export-format-vcard = Contacts (vCard)
export-format-archive = full archive
export-button = 📤 Export to a file
export-button-back = ← Back
export-preparing = Making the file. It will come to you alone, marked <code>{ $mark }</code>.
export-ready = { $count ->
    [one] { $count } person in the file. Marked <code>{ $mark }</code>.
   *[other] { $count } people in the file. Marked <code>{ $mark }</code>.
}
export-left-out = { $count ->
    [one] { $count } more did not fit: no phone, address or consent.
   *[other] { $count } more did not fit: no phone, address or consent.
}
export-too-large = The file is larger than Telegram takes. It waits on the server for two days: <code>{ $path }</code>
export-by = Exported by { $name }, { $at }
export-of = Query: { $segment }
exports-title = <b>Exports</b>: who took what, and when
exports-none = Nothing has been exported yet.
exports-everybody = the whole base
exports-line = { $at } · { $by }: { $count } ({ $what }), { $format }, <code>{ $mark }</code>
exports-waiting = being made
exports-failed = did not work
archive-ask = The whole archive: cards, requests, purchases and the rest as tables, the files people sent, and the schema. Keep it where no stranger finds it.
archive-button = 📦 Make the archive
archive-ready = { $count ->
    [one] The whole base: { $count } card. Marked <code>{ $mark }</code>.
   *[other] The whole base: { $count } cards. Marked <code>{ $mark }</code>.
}
refused-export-words = These words are too few to tell who exactly is meant. Add a condition: a tag, a city or a status.
menu-export = Export people to a file
menu-exports = Who exported what
menu-archive = The whole base as an archive
export-sheet-contacts = Customers
export-sheet-answers = Answers
export-sheet-about = Export
export-column-id = No.
export-column-name = Name
export-column-phone = Phone
export-column-more_phones = More phones
export-column-email = E-mail
export-column-more_emails = More e-mails
export-column-username = Telegram
export-column-language = Language
export-column-tags = Tags
export-column-status = Status
export-column-level = Level
export-column-owner = Manager
export-column-source = Source
export-column-purchases = Purchases
export-column-spent = Spent
export-column-points = Points
export-column-first_purchase = First purchase
export-column-last_purchase = Last purchase
export-column-rfm = RFM
export-column-abc = ABC
export-column-nps = NPS
export-column-created = Card made
export-column-last_seen = Last wrote

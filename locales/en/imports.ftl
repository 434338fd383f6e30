import-reading = Reading “{ $file }”. I will tell you what is in it in a moment.
import-columns = { $rows ->
    [one] { $rows } row.
   *[other] { $rows } rows.
} This is what I take each column for:
import-remembered = I have seen such a file before: the columns are as you set them last time.
import-corrects = These are the corrected rows: columns, source, consent and tags are as you said last time.
import-program = It looks like { $program }.
import-columns-more = Columns: { $range }
import-columns-hint = If a column is wrong, press its number.
import-next = Next ▶
import-back = ◀ Back
import-stop = Cancel
import-ask-column = What is in this column?
import-as-name = Full name
import-as-first-name = First name
import-as-last-name = Last name
import-as-middle-name = Middle name
import-as-phone = Phone
import-as-email = E-mail
import-as-birthday = Birthday
import-as-city = City
import-as-organisation = Organisation
import-as-position = Position
import-as-sex = Sex
import-as-tags = Tags
import-as-note = Note
import-as-source = Source
import-as-created = Added on
import-as-status = Status
import-as-owner = Manager
import-as-language = Language
import-as-username = Telegram username
import-as-telegram-id = Telegram id
import-as-amount = Purchase amount
import-as-currency = Currency
import-as-bought-at = Purchase date
import-as-what = What was bought
import-as-order = Order number
import-as-ignore = Leave out
import-columns-of-cards = { $rows ->
    [one] { $rows } contact.
   *[other] { $rows } contacts.
} This is what I take each field for:
import-columns-hint-of-cards = If a field is wrong, press its number.
import-ask-column-of-cards = What is in this field?
import-faulty-of-cards = { $count ->
    [one] { $count } contact in part: something could not be read
   *[other] { $count } contacts in part: something could not be read
}
import-lost-of-cards = { $count ->
    [one] { $count } contact left out
   *[other] { $count } contacts left out
}
import-wrong-of-cards = ⚠️ Something is wrong in { $count ->
    [one] { $count } contact:
   *[other] { $count } contacts:
}
import-row-of-cards = contact { $number }
import-start-of-cards = Import { $count ->
    [one] { $count } contact
   *[other] { $count } contacts
}
import-options = Now about the file as a whole.
import-not-said = not said
import-source = 📍 Where these people come from: <b>{ $source }</b>
import-agreed-ask = ✋ Did these people agree to get messages from you? The import does not begin without an answer.
import-agreed-yes = ✋ These people agreed to get messages: <i>{ $proof }</i>
import-agreed-no = ✋ They did not agree to advertising: they get only what they ask for.
import-tags = 🏷 Tags for everybody: { $tags }
import-mode-fill = 👥 People already in the base: I fill in what is empty.
import-mode-overwrite = 👥 People already in the base: the file’s fields replace theirs.
import-mode-skip = 👥 People already in the base: I leave them as they are.
import-change-source = 📍 Where they come from
import-yes = They agreed
import-no = They did not
import-change-tags = 🏷 Tags
import-change-mode = 👥 Already here
import-check = Check the file ▶
import-ask-source = Where do these people come from? It becomes the source on their cards.
import-own-source = Write another
import-source-old-base = Old base
import-source-phone-book = Phone book
import-source-event = Event
import-source-partner = Partner
import-type-source = Write where these people come from, in a word or two.
import-type-proof = Write how and when they agreed, such as “forms at the desk, spring 2025”. It stays as the proof.
import-type-tags = Write the tags, with commas between them.
import-checking = Checking the rows…
import-would = This is what would happen:
import-new = { $count ->
    [one] { $count } new
   *[other] { $count } new
}
import-changed = { $count ->
    [one] { $count } updated
   *[other] { $count } updated
}
import-unchanged = { $count ->
    [one] { $count } unchanged
   *[other] { $count } unchanged
}
import-twins = { $count ->
    [one] { $count } repeated inside the file
   *[other] { $count } repeated inside the file
}
import-sales = { $count ->
    [one] { $count } purchase
   *[other] { $count } purchases
}
import-bought = { $count ->
    [one] { $count } purchase of { $people } for { $sums }
   *[other] { $count } purchases of { $people } for { $sums }
}
import-buyers = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
import-sold = { $count ->
    [one] { $count } of them is here already and is not brought again
   *[other] { $count } of them are here already and are not brought again
}
import-held = { $count ->
    [one] { $count } purchase waits: its row has a mistake
   *[other] { $count } purchases wait: their rows have mistakes
}
import-held-why = the purchase waits until the row is corrected
import-faulty = { $count ->
    [one] { $count } row in part: something could not be read
   *[other] { $count } rows in part: something could not be read
}
import-lost = { $count ->
    [one] { $count } row left out
   *[other] { $count } rows left out
}
import-wrong = ⚠️ Something is wrong in { $count ->
    [one] { $count } row:
   *[other] { $count } rows:
}
import-row = row { $number }
import-start = Import { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
import-report = 📄 All mistakes as a file
import-report-text = 📄 { $count ->
    [one] { $count } row with a mistake. Correct it right in this file and send the file here again.
   *[other] { $count } rows with mistakes. Correct them right in this file and send the file here again.
}
import-report-name = to-mend
import-report-why = What is wrong (import no. { $number })
import-running = Writing…
import-undoing = Taking it all back…
import-refresh = 🔄 Refresh
import-done = Done.
import-mend = The rows with mistakes are in a file of their own: correct them there and send it again.
import-undo = ↩️ Undo the import
import-undo-sure = Take back everything this import did? That is { $count ->
    [one] { $count } card
   *[other] { $count } cards
}. What people changed since stays.
import-undo-yes = Yes, take it back
import-cancelled = Cancelled. Nothing has changed in the base.
import-undone = The import is undone: everything is as it was before.
import-failed = It did not work. Nothing has changed in the base.
import-stayed = { $count ->
    [one] { $count } card stayed: somebody has worked with it since.
   *[other] { $count } cards stayed: somebody has worked with them since.
}
imports = Imports
imports-none = There were no imports yet. Send me a file with your customers: Excel, CSV, ODS or a phone’s contacts (VCF).
import-list-done = { $new } new, { $changed } changed
import-state-mapping = waits for an answer
import-state-checking = being checked
import-state-ready = ready to begin
import-state-running = under way
import-state-undoing = being undone
import-state-cancelled = cancelled
import-state-undone = undone
import-state-failed = failed
import-formats = I read tables and contacts: CSV, XLSX, XLS, ODS, VCF, TXT. Send your customers in one of these.
refused-import-large = The file is over 20 MB, more than Telegram gives a bot. Split it, or import it on the server: python -m bot import.
refused-import-gone = There is no such import.
refused-import-other = Somebody else began this import. They decide on it, or an owner.
refused-import-busy = Wait a moment, the step before is still going on.
refused-import-over = This import is over.
refused-import-nobody = I cannot tell who these people are: say which column has the name, phone, e-mail or Telegram username.
refused-import-consent = First say whether these people agreed to get messages.
refused-import-text = Write it in words, { $most } characters at most.
refused-import-deleted = The files of this import are deleted by now: they are kept for 30 days.
line-imported = 📥 Imported
menu-imports = Imports
file-empty = The file is empty. Check that it is the right one and send it again.
file-large = The file is over { $max } MB. Split it into parts.
file-rows = The file has over { $max } rows. Split it into parts.
file-columns = The file has over { $max } columns. Keep those you need and send it again.
file-slow = The file takes too long to read. Split it, or save it as CSV.
file-memory = The file is too large once it is opened. Split it, or save it as CSV.
file-broken = The file is damaged or cut off. Open it, save it anew and send it again.
file-encrypted = The file has a password. Remove it and send the file again.
file-not-table = This is neither a table nor contacts. Send CSV, XLSX, XLS, ODS or VCF.
file-web-page = This is a web page, not a table. Open it in Excel and save it as XLSX.
file-quotes = A quotation mark in line { $line } is never closed. Correct it and send the file again.
file-line-long = Line { $line } is too long for a table. Check that it is the right file.
file-bomb = The file becomes huge when it is opened: I do not open such files.
file-sheet-unknown = There is no such sheet in the file.
file-nobody = I cannot tell who these people are: no column has a name, a phone, an e-mail or a Telegram username.
file-too-much = The file is too much for one go. Split it into parts.
file-unavailable = Telegram did not give the file. Send it once more.
file-disk = The server could not write or read the file. Check the space on its disk and send the file again.
file-unknown = The file could not be read. Save it as CSV or XLSX and send it again.
fault-phone-invalid = this is not a phone number; write it like { $example }
fault-phone-rounded = the sheet has rounded the number, its last digits are lost
fault-email-invalid = this is not an e-mail address
fault-email-typo = it looks like a typo, perhaps { $meant }
fault-date-unknown = it is not clear what date this is
fault-date-impossible = there is no such day
fault-date-future = this date has not come yet
fault-date-old = over { $years } years ago
fault-date-year = the year is missing
fault-username-invalid = this is not a Telegram username
fault-telegram-invalid = this is not a Telegram id
fault-sex-unknown = it is neither male nor female
fault-status-unknown = there is no such status
fault-language-unknown = I do not know this language
fault-amount-invalid = this is not a sum of money
fault-currency-rate = there is no rate for { $currency }: add it to [money] of the playbook
fault-text-long = too long: { $max } characters at most
fault-own-invalid = it does not fit the field “{ $column }”
fault-row-wide = the row has more cells than there are columns
fault-row-nobody = nobody is named: no name, phone or e-mail
fault-row-unreachable = the phone or e-mail is wrong, and there is no other way to this person
fault-other = could not be read

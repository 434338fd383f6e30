people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
segments-none = No saved segments yet. Find people with /find and save the search, or put a question together with buttons. In one line: /segment save regulars requests>=2.
segments-all = { $count ->
    [one] { $count } segment. A segment is a saved question: it always finds those who fit now.
   *[other] { $count } segments. A segment is a saved question: it always finds those who fit now.
}
segment-build = 🧩 Put together with buttons
segment-is-list = 📋 A list: people are put on it by hand.
segment-growth = { $change } in { $days } days
segment-people = 📇 Show them
segment-overlap = ⚖️ Compare
segment-rename = ✏️ Rename
segment-delete = 🗑 Delete
segment-to-all = ☰ All segments
segment-back = ← Back
segment-alone = There is no other segment to compare with.
segment-overlap-with = Compare “{ $name }” with:
overlap-both = In both: { $count ->
    [one] { $count } person
   *[other] { $count } people
} ({ $one } and { $other })
overlap-only = Only in “{ $name }”: { $count }
segment-ask-name = What shall we call it? Only the question is saved, so the people in it are always the current ones.
    <code>{ $query }</code>
segment-ask-new-name = “{ $name }”: what is its new name?
list-ask-name = What is the name of the new list?
segment-keep = 💾 Save
segment-rename-to = Rename “{ $old }” to “{ $new }”?
segment-rename-yes = ✏️ Rename
segment-kept = 💾 Saved: <b>{ $name }</b>
segment-open = Open
segment-delete-sure = Delete the segment “{ $name }”? The people stay as they are.
segment-delete-yes = 🗑 Delete the segment
segment-deleted = Deleted: “{ $name }”. The people stayed.
segment-save = 💾 Save as a segment
segment-usage = Write one of these, or use the buttons under /segment:
    /segment list
    /segment save regulars requests>=2
    /segment show regulars
    /segment overlap regulars vip
    /segment rename regulars “our people”
    /segment delete regulars
lists-of = Lists that { $name } is on. Press to put on or take off.
lists-none = There are no lists yet. Make one, and { $name } will be the first on it.
list-new = ➕ New list
button-lists = 📋 Lists
list-on = On the list
list-off = Off the list
filters = 🔎 Filters
filters-show = 📇 Show them
filters-other = ← Other filters
filters-to-list = 📋 To a list
filters-everybody = 🔎 Everybody
filter-tag = # Tags
filter-status = Status
filter-language = Language
filter-source = Source
filter-nothing = Nothing to choose from here
bulk-act = ⚡ All { $count }…
bulk-what = What shall we do with all of them?
bulk-menu-tag = ➕ Add a tag
bulk-menu-untag = ➖ Remove a tag
bulk-menu-owner = 👤 Assign
bulk-menu-status = Set the status
bulk-menu-field = Fill in a field
bulk-menu-list = 📋 Add to a list
bulk-menu-unlist = Take off a list
bulk-menu-delete = 🗑 Delete the cards
bulk-which-tag = Which tag?
bulk-which-untag = Which tag shall we remove?
bulk-which-owner = Who will look after them?
bulk-which-status = Which status? The rules will leave it as you set it.
bulk-which-field = Which field?
bulk-which-list = Which list?
bulk-which-unlist = Off which list?
bulk-which-value = Which value?
bulk-which-none = There is nothing to choose from here.
bulk-press = Press a button.
bulk-press-or-type = Press a button; to type one of your own, press “{ $type }” first.
bulk-type-tag = ✏️ Another tag
bulk-type-list = ➕ New list
bulk-type-field = ✏️ Type it
bulk-empty = Leave it empty
bulk-ask-tag = Which tag? Write one.
bulk-ask-list = What is the name of the new list?
bulk-ask-field = { $field }: what shall we write for everybody?
bulk-back = ← Back
bulk-count = 👥 Count who it is for
bulk-yes = ✅ Do it for all { $count }
bulk-no-consent = { $count ->
    [one] { $count } of them has not agreed to personal data being kept: that card stays as it is.
   *[other] { $count } of them have not agreed to personal data being kept: those cards stay as they are.
}
bulk-delete-what = Their requests, notes, history and tasks go too. You can bring everything back with /undo for 30 days.
bulk-delete-next = 🗑 Delete…
bulk-delete-sure = { $count ->
    [one] Really delete { $count } card?
   *[other] Really delete { $count } cards?
}
bulk-delete-yes = { $count ->
    [one] 🗑 Yes, delete { $count } card
   *[other] 🗑 Yes, delete { $count } cards
}
bulk-progress = { $done } of { $of }
bulk-stop = ✋ Stop and undo
bulk-undoing = ↩️ Undoing…
bulk-undone = ↩️ Undone: all as it was. What somebody changed again since then stays as they made it.
bulk-done = ✅ Done: { $count ->
    [one] { $count } card changed
   *[other] { $count } cards changed
}.
bulk-deleted = 🗑 { $count ->
    [one] { $count } card deleted
   *[other] { $count } cards deleted
}.
bulk-same = { $count ->
    [one] { $count } card had no need of it.
   *[other] { $count } cards had no need of it.
}
bulk-undo = ↩️ Undo
bulk-do-tag = ➕ Tag #{ $what }
bulk-do-untag = ➖ Tag #{ $what }
bulk-do-owner = 👤 Assigned to: { $what }
bulk-do-owner-none = 👤 Assigned to nobody
bulk-do-status = Status: { $what }
bulk-do-field = { $field }: { $what }
bulk-do-field-none = { $field }: empty
bulk-do-list = 📋 On the list “{ $what }”
bulk-do-unlist = 📋 Off the list “{ $what }”
bulk-do-delete = 🗑 Delete the cards
undo-none = There is nothing to undo: nothing was changed for many people at once.
undo-latest = Latest changes
undo-running = under way
undo-undoing = being undone
undo-undone = undone
menu-segment = Saved segments
menu-undo = Undo a bulk change
refused-query-doubtful = A part of this line could not be read, so I will not act on it. Correct the line first.
refused-query-long = There are too many conditions for one line. Take some out.
refused-segment-gone = This segment is gone. All of them: /segment.
refused-segment-broken = The question of “{ $name }” can no longer be read: a field it asks about is gone. Save it anew.
refused-segment-unknown = There is no segment “{ $name }”. All of them: /segment.
refused-segment-two = Name two segments: /segment overlap regulars vip. All of them: /segment.
refused-segment-live = “{ $name }” is a question, not a list: people cannot be put on it by hand.
refused-segment-query = The question is empty or too long. For example: requests>=2.
refused-segment-taken = “{ $name }” is taken. Choose another name.
refused-segment-many = There are { $most } segments already. Delete some you no longer need.
refused-segment-name = A name has at least one letter and at most { $most }. Write another.
refused-bulk-nobody = There is nobody left to change.
refused-bulk-many = More people were found than a search by words shows. Narrow it down with a filter, then act.
refused-bulk-over = It is over already.
refused-bulk-undone = This is undone already.
refused-bulk-running = It is still under way. Stop it first.
refused-bulk-old = More than { $days } days have passed: those cards are gone for good.
refused-bulk-value = This does not fit the field. Write it as it is written on a card, or choose another field.
staff-help-base =
    <b>The base</b>
    /find city:Kyiv purchases&gt;=2: a question about the base; /segment: save it, or put one together with buttons
    Under what was found: do something to everybody; /undo puts it back
    Send a file, Excel, CSV or contacts, and its people come in; /imports: earlier files
    /rfm, /abc: who your buyers are; /quality: what is wrong with the base
    /surveys: what people think of you, /surveys word looks in their answers; /survey nps tag:vip asks them

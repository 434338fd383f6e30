# The segment language: mistakes that only conditions about saved segments and birthdays can have.
find-mistake-unknown-segment = there is no saved segment of this name
find-mistake-segment-cycle = a segment cannot contain itself
find-mistake-broken-segment = the saved segment can no longer be read: mend it first
find-mistake-not-a-birthday = a birthday is expected, such as today, next-7d, 03-08 or march
segment-mistake-reason = That cannot be read: { $reason }.
segment-mistake-meant = Did you mean <code>{ $query }</code>?

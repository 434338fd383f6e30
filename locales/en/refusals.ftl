# Why something was not done, and what to do next. Over a button that is at most 200 characters.
refused-choice = There is no such choice. Please open the screen again.
refused-form-gone = This form is no longer there. Choose another: /new
refused-language = We do not speak this language yet.
refused-nothing-to-erase = Nothing about you is kept.
refused-request = You have no such request. Yours are here: /requests
refused-request-closed = This request is already closed.
refused-zone = There is no such time zone.
refused-survey = This survey is closed. Anything important, just write it here.
refused-survey-late = Thank you! This rating is already counted and can no longer be changed. Write here if anything is different.
refused-survey-over = This survey is over, thank you for stopping by! Anything important, just write it here.
refused-survey-told = Your answer is in, thank you! It has no name on it, so it can no longer be changed.

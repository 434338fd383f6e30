# Why something was not done, and what to do next. Over a button that is at most 200 characters.
refused-choice = Такого вибору немає. Відкрийте екран ще раз.
refused-form-gone = Цієї форми більше немає. Виберіть іншу: /new
refused-language = Цією мовою ми поки не говоримо.
refused-nothing-to-erase = Про вас нічого не збережено.
refused-request = Такої заявки у вас немає. Ваші заявки: /requests
refused-request-closed = Цю заявку вже закрито.
refused-zone = Такого часового поясу немає.
refused-survey = Це опитування вже закрите. Усе важливе можна просто написати сюди.
refused-survey-late = Дякуємо! Цю оцінку вже враховано, змінити її не можна. Напишіть сюди, якщо щось змінилося.
refused-survey-over = Це опитування вже завершилося, дякуємо, що зазирнули! Усе важливе можна просто написати сюди.
refused-survey-told = Вашу відповідь уже прийнято, дякуємо! Вона без імені, тому змінити її не можна.

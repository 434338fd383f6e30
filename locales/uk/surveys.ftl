survey-score = { $score } з { $most }
survey-about = «{ $title }», № { $number }, { $day }
survey-again = Яку оцінку поставити?
survey-thanks = Дякуємо за оцінку!
survey-why = Хочете щось додати? Напишіть тут: прочитає жива людина.
survey-add = 💬 Додати кілька слів
survey-skip = Без коментаря
survey-change = Змінити оцінку
survey-heard = Дякуємо, передали!
survey-low = Низька оцінка:
survey-raised = Оцінку підвищили:
survey-explains = Пояснює оцінку:
survey-task = Розібратися з оцінкою { $score } з { $most }
survey-task-raised = Розібратися з оцінкою { $before } з { $most } (тепер { $score })
survey-reminder = Нагадаємо про опитування: це менше хвилини.
survey-anonymous = Відповідь анонімна: ми збережемо лише її та день, без вашого імені.
survey-begin = Відповісти
survey-not-now = Не зараз
survey-thanks-answers = Дякуємо за відповіді!
survey-links = Якщо неважко, розкажіть про нас й іншим: це дуже допомагає.
survey-review = ⭐ Залишити відгук
survey-friend = 🎁 Порадити друзям
survey-friend-text = Раджу: { $business }
survey-heard-anonymous = Дякуємо! Зберегли без імені.
usage-survey = Поставити опитування: <code>/survey ОПИТУВАННЯ УМОВА</code>, наприклад <code>/survey nps tag:vip</code>. Без умови — усім. Опитування: { $known }
survey-choose = Яке опитування поставити?
survey-none = У плейбуку немає опитувань.
survey-put = Опитування «{ $survey }» надсилається.
survey-everybody = усі
survey-reach-meant = Відповідають умові: { $count }
survey-reach-own = Опитування задумане для <code>{ $segment }</code>, з них таких: { $count }
survey-reach-reachable = Можна написати, і не відмовилися від опитувань: { $count }
survey-reach-rested = Не опитували нещодавно: { $count }
survey-reach-nobody = Питати зараз нікого.
survey-reach-polite = У тихі години нікого не потурбуємо: нічні зачекають ранку.
survey-send = { $count ->
    [one] Поставити { $count } людині
    [few] Поставити { $count } людям
   *[other] Поставити { $count } людям
}
survey-begun = Ставлю в чергу опитування «{ $survey }»…
survey-done = { $count ->
    [one] Опитування «{ $survey }» поставлено { $count } людині.
    [few] Опитування «{ $survey }» поставлено { $count } людям.
   *[other] Опитування «{ $survey }» поставлено { $count } людям.
}
survey-gone = Опитування не поставлено: його більше немає у плейбуку, або умову не можна прочитати.
button-survey = ⭐ Опитування
refused-survey-unknown = Такого опитування немає. Є: { $known }
refused-survey-tired = Цю людину опитували нещодавно. Опитування можна буде поставити згодом: строк відпочинку задано у плейбуку.
refused-survey-unreachable = Зараз цю людину не можна опитати: бот не може їй написати, або вона відмовилася від опитувань.
refused-survey-not-meant = Це опитування не для неї: людина не входить до сегмента опитування.
refused-survey-words = За словами знайшлося забагато: уточніть умову, наприклад tag:vip.
refused-survey-answered = Ви вже відповіли, дякуємо!
survey-declined = Гаразд, не будемо. Якщо захочеться щось сказати, просто напишіть сюди.
survey-put-off = Гаразд, відкладемо. Відповіді збережено: продовжити можна кнопкою в повідомленні вище.
card-referred = { $count ->
    [one] За порадою прийшла { $count } людина
    [few] За порадою прийшли { $count } людини
   *[other] За порадою прийшли { $count } людей
}
menu-surveys = Опитування й оцінки
surveys-title = Опитування
surveys-hint = Знайти у відповідях: <code>/surveys слово</code>. Поставити опитування: <code>/survey nps tag:vip</code>.
surveys-no-figure = оцінок ще немає
surveys-figure-nps = NPS { $value } (імовірно, від { $low } до { $high })
surveys-figure-share = задоволені { $value } % (імовірно, від { $low } до { $high } %)
surveys-figure-mean = у середньому { $value } (імовірно, від { $low } до { $high })
surveys-mean = Середня оцінка: { $mean }
surveys-reach = Відповіли { $answered } із { $asked } ({ $share } %)
surveys-unasked = ще не питали
surveys-unfinished = { $count ->
    [one] Не до кінця відповіла { $count } людина
    [few] Не до кінця відповіли { $count } людини
   *[other] Не до кінця відповіли { $count } людей
}
surveys-hidden = Анонімних відповідей менше п’яти: покажемо, коли буде більше, щоб нікого не впізнали.
surveys-trend = За місяцями:
surveys-answers = { $count ->
    [one] { $count } відповідь
    [few] { $count } відповіді
   *[other] { $count } відповідей
}
surveys-by-manager = За менеджерами
surveys-by-service = За послугами
surveys-by-segment = За сегментами
surveys-comments = 💬 Що пишуть
surveys-all = ‹ Усі опитування
surveys-back = ‹ Назад
surveys-nothing = Поки порівнювати нічого.
surveys-unnamed = Без імені
surveys-no-comments = Нічого не знайшлося.
survey-results = Результати
surveys-picture = 📈 Картинкою
surveys-file = 📄 Файлом XLSX
surveys-drawing = Малюю, секунду…
surveys-chart-scores = Скільки яких оцінок
surveys-chart-months = За місяцями, з імовірними межами
survey-column-asked = Запитали
survey-column-answered = Відповідь
survey-column-contact = Хто
survey-column-username = Нік
survey-column-number = Картка
survey-column-manager = Менеджер
survey-column-request = Заявка
survey-column-score = Оцінка
survey-column-comment = Слова
survey-column-day = День
survey-named-visit = Оцінка візиту
survey-named-csat = Чи задоволені нами
survey-named-nps = Готовність радити
survey-named-ces = Чи легко з нами
survey-named-own = Власні запитання

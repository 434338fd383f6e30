# Розсилки

campaign-to-these = 📣 Розсилка їм
campaigns-title = 📣 Розсилки
campaigns-none = Розсилок ще не було. Напишіть першу: текст, кому й коли — все перевіримо й порахуємо до відправлення.
campaigns-count = { $count ->
    [one] { $count } розсилка
    [few] { $count } розсилки
   *[many] { $count } розсилок
}
campaigns-new = ➕ Нова розсилка
campaign-nameless = Без тексту
campaign-draft = Розсилка № { $number } · чернетка
campaign-variant = Варіант { $name }
campaign-no-text = Тексту ще немає.
campaign-album-apart = Спершу прийде альбом, а одразу під ним текст із кнопками: у самого альбому кнопок не буває.
campaign-files = 📎 { $count ->
    [one] { $count } файл
    [few] { $count } файли
   *[many] { $count } файлів
}
campaign-languages = 🌐 { $languages }
campaign-no-aim = кому — не вибрано
campaign-aim-everybody = усі
campaign-aim-repeat = ті, хто отримав «{ $name }» і нічого не натиснув
campaign-no-topic = Без теми
campaign-purpose-marketing = реклама
campaign-purpose-service = сервісне повідомлення
campaign-purpose-survey = опитування
campaign-starts-now = одразу після запуску
campaign-starts-at = почнеться { $when }
campaign-starts-local = { $when } за годинником кожного
campaign-spread = { $minutes ->
    [0] не розтягувати
   *[other] розтягнути на { $hours } год
}
campaign-useful = чекати, якщо зараз не можна: до { $unit ->
    [days] { $n ->
        [one] { $n } дня
       *[other] { $n } днів
    }
   *[hours] { $n } год
}
campaign-test = проба на { $percent } %, за { $unit ->
    [days] { $n ->
        [one] { $n } день
        [few] { $n } дні
       *[many] { $n } днів
    }
   *[hours] { $n } год
} перемагає той, у кого більше: { $metric }
campaign-control = контрольна група { $percent } %
campaign-metric-presses = натискання
campaign-metric-answers = відповіді
campaign-metric-purchases = покупки
campaign-hours = { $unit ->
    [days] { $n ->
        [one] { $n } день
        [few] { $n } дні
       *[many] { $n } днів
    }
   *[hours] { $n } год
}

campaign-ask-text = Надішліть повідомлення так, як його побачать люди: текст із форматуванням, можна з фото, відео, файлом чи альбомом.

    Підстановки: <code>{ $open }name|друже{ $close }</code> — ім’я, а якщо його немає, «друже»; ще <code>{ $open }business{ $close }</code>, <code>{ $open }city{ $close }</code>, <code>{ $open }points{ $close }</code>.
campaign-ask-variant = Це варіант { $variant }.
campaign-ask-language = Мова: { $language }.
campaign-ask-aim = Кому? Напишіть назву збереженого сегмента або запит, наприклад <code>tag:vip last_purchase&lt;90d</code>. Зірочка <code>*</code> — усім.
campaign-ask-time = Коли почати? Наприклад: «завтра о 12:00», «у п’ятницю 18:30».
campaign-ask-local = О котрій це отримає кожен — за своїм годинником? Наприклад: «завтра о 10:00». Де цей час уже минув, повідомлення піде одразу.
campaign-ask-link = Надішліть підпис і адресу через риску: <code>Дивитися | https://example.com</code>. Перший дотик ми порахуємо, другий відкриє сторінку: про прості посилання Telegram боту не повідомляє.
campaign-ask-link-once = Надішліть підпис і адресу через риску: <code>Дивитися | https://example.com</code>. Сторінка відкриється з першого дотику — через адресу самого бота, де натискання й порахується.
campaign-ask-url = Надішліть підпис і адресу через риску: <code>Дивитися | https://example.com</code>. Сторінка відкриється одразу, але натискань ми не побачимо.
campaign-ask-promo = Надішліть підпис і код через риску: <code>Скопіювати код | { $code }</code>. Хто скопіював, Telegram не повідомляє.
campaign-ask-person = Чиїми очима подивитися? Номер картки, ім’я або телефон.

campaign-set-text = ✏️ Текст
campaign-set-language = 🌐 Мова тексту
campaign-set-buttons = 🔘 Кнопки
campaign-set-aim = 👥 Кому
campaign-set-when = 🕒 Коли
campaign-set-purpose = 🏷 Мета
campaign-set-topic = 🗂 Тема
campaign-set-tests = 🧪 Варіанти й контроль
campaign-set-test = 🧪 Частка для проби
campaign-set-metric = 🏁 За чим судити
campaign-set-decide = ⏱ За скільки
campaign-set-control = 🎛 Контрольна група
campaign-preview = 👁 Очима клієнта
campaign-test-me = 📲 Собі
campaign-to-count = 🔢 Порахувати й запустити
campaign-drop = 🗑 Видалити
campaign-back = до розсилки
campaign-saved = Записано
campaign-begun = 🚀 Розсилку № { $number } запущено. Як вона йде, видно в наступному повідомленні.
campaign-started = Розсилку запущено

campaign-which-purpose = Навіщо це повідомлення? Рекламу отримають лише ті, хто погодився, опитування — усі, хто не відмовився, сервісне — усі, про що вони просили самі. Видавати рекламу за сервіс не можна: це порушує закон і довіру.
campaign-which-topic = Про що це? Хто відмовився від теми, цього не отримає.
campaign-which-control = Кому не надсилати нічого, щоб побачити, що дала розсилка? Людей вибираємо випадково.
campaign-which-test = На скількох спробувати варіанти, перш ніж решта отримає найкращий? При 0 % варіанти одразу діляться порівну на всіх.
campaign-which-decide = За скільки годин вибрати переможця?
campaign-which-metric = За чим судити, який варіант кращий?
campaign-which-spread = За який час розіслати? Щоб відповіді не надійшли всі разом.
campaign-which-useful = Якщо людину зараз турбувати не можна (ніч, нещодавно вже писали), скільки годин повідомлення ще має сенс?
campaign-which-language = Якою мовою написано текст?
campaign-when = Коли надсилати?
campaign-when-now = Одразу після запуску
campaign-when-at = 🗓 У призначений час
campaign-when-local = 🌍 За годинником кожного
campaign-when-spread = ↔️ Розтягнути
campaign-when-useful = ⌛ Скільки чекати
campaign-tests = Варіанти діляться між людьми випадково. Контрольна група не отримує нічого: з нею порівняємо виторг.
campaign-variant-edit = ✏️ Варіант { $name }
campaign-variant-add = ➕ Ще варіант
campaign-buttons = Яку кнопку додати під повідомлення?
campaign-add-link = 🔗 Посилання з ліком
campaign-add-url = ↗️ Просте посилання
campaign-add-promo = 🎟 Промокод
campaign-add-call = 📞 Зателефонуйте мені
campaign-drop-button = 🗑 Прибрати останню
campaign-does-link = посилання, натискання рахуються
campaign-does-url = посилання
campaign-does-form = форма
campaign-does-survey = опитування
campaign-does-promo = промокод
campaign-does-call = прохання зателефонувати
campaign-call-title = 📞 Зателефонуйте мені
campaign-survey-title = ⭐ Відповісти

campaign-count = Хто це отримає
campaign-count-meant = У сегменті: { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[many] { $count } людей
}
campaign-lost-no-consent = без згоди: { $count }
campaign-lost-unreachable = недоступні: { $count }
campaign-lost-spam = спам: { $count }
campaign-lost-paused = попросили паузу: { $count }
campaign-lost-topic = відмовилися від теми: { $count }
campaign-lost-cap = нещодавно вже отримували: { $count }
campaign-count-control = контрольна група: { $count }
campaign-count-gets = Отримають: { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[many] { $count } людей
}
campaign-count-again = 🔁 Хто нещодавно вже отримував, теж стане в чергу: перед надсиланням перевіримо ще раз, і кому на той час буде можна, тому напишемо.
campaign-count-later = ⌛ Кому можна написати, ті нещодавно вже отримували. Дайте повідомленню чекати довше («Скільки чекати» в чернетці) або призначте його на потім.
campaign-count-foreign = 🌐 З них { $readers }: тексту їхньою мовою немає.
campaign-count-foreign-if = 🧪 Якщо переможе варіант { $name }, тексту своєю мовою не буде ще в { $count ->
    [one] { $count } людини
   *[other] { $count } людей
}.
campaign-reads-ru = { $count ->
    [one] { $count } читає російською
   *[many] { $count } читають російською
}
campaign-reads-uk = { $count ->
    [one] { $count } читає українською
   *[many] { $count } читають українською
}
campaign-reads-en = { $count ->
    [one] { $count } читає англійською
   *[many] { $count } читають англійською
}
campaign-start = 🚀 Запустити: { $count }
campaign-list-no-consent = Розсилка { $number }: без згоди
campaign-list-unreachable = Розсилка { $number }: недоступні
campaign-list-paused = Розсилка { $number }: пауза
campaign-list-topic = Розсилка { $number }: відмова від теми
campaign-list-cap = Розсилка { $number }: нещодавно отримували
campaign-list-kept = Ці люди тепер у списку «{ $name }». Його можна відкрити, вивантажити й питати про нього, як про будь-який сегмент.
campaign-open-list = 👥 Відкрити список

campaign-is-planned = готується
campaign-is-running = триває
campaign-is-testing = триває проба варіантів
campaign-is-paused = призупинена
campaign-is-done = завершена
campaign-is-cancelled = скасована
campaign-is-recalling = повідомлення відкликаються
campaign-is-recalled = повідомлення відкликано
campaign-sent = ✅ Надіслано: { $count }
campaign-left = ⏳ Залишилося: { $count }
campaign-held = 🌙 З них чекають на зручний час: { $count } (ніч, вихідний або нещодавно вже писали). Першим можна написати { $until }
campaign-waiting = 🧪 Чекають переможця: { $count }
campaign-failed = ⚠️ Не доставлено: { $count }
campaign-unknown = ❔ Невідомо, чи дійшло: { $count }
campaign-skipped = 🚫 Не надсилали: { $count }
campaign-cancelled = ✖️ Скасовано: { $count }
campaign-in-control = 🎛 Контрольна група: { $count }
campaign-recalled = ↩️ Видалено з чатів: { $count }
campaign-rate = ⚡ { $rate } за секунду · залишилося приблизно { $left }
campaign-ends = 🏁 Закінчиться близько { $time }
campaign-decides = 🏁 Переможець визначиться { $when }
campaign-won = 🏆 Переміг варіант { $name } (випадково так буває у { $share } % проб)
campaign-no-winner = 🤝 Переможця немає: така різниця буває і випадково (у { $share } % проб). Решті варіанти роздано порівну.
campaign-pause = ⏸ Пауза
campaign-resume = ▶️ Продовжити
campaign-cancel = ✖️ Скасувати
campaign-repeat = 🔁 Повторити тим, хто не натиснув
campaign-recall = ↩️ Відкликати
campaign-sure-cancel = Зупинити розсилку назовсім? Не отримають: { $count }. У тих, кому вже надіслано, повідомлення залишиться.
campaign-sure-recall = Видалити повідомлення з чатів? Надіслано: { $count }. Telegram дозволяє видалити те, чому менше 48 годин; решта не розсилається.
campaign-yes-cancel = ✖️ Так, зупинити
campaign-yes-recall = ↩️ Так, видалити

campaign-only-test = Це проба: у клієнтів кнопка спрацює.
campaign-tap-again = Натисніть ще раз, щоб відкрити.
campaign-call-soon = Дякуємо! Ми скоро зателефонуємо.
campaign-call-task = Зателефонувати: просили під розсилкою «{ $name }»
campaign-wants-call = Просить зателефонувати: розсилка «{ $campaign }».

refused-campaign-gone = Такої розсилки вже немає. Усі розсилки: /broadcasts
refused-campaign-started = Цю розсилку вже запущено, її чернетку не змінити. Подивіться, як вона йде: /broadcasts
refused-campaign-empty = Спершу напишіть текст кожного варіанта: кнопка «Текст».
refused-campaign-aim = Спершу виберіть, кому: кнопка «Кому».
refused-campaign-kind = Таке повідомлення розіслати не можна. Підійдуть текст, фото, відео, аудіо або файл.
refused-campaign-album = Альбом тут не підійде: потрібен текст.
refused-album-many = В альбом вміщується не більше { $most } файлів, решту не взято. Щоб вибрати інші, натисніть «Текст» і надішліть альбом ще раз.
refused-album-mixed = Telegram не збере це в один альбом: фото й відео можна разом, файли та аудіо — лише зі своїми. Надішліть альбом ще раз.
refused-campaign-long = Задовго на { $over ->
    [one] { $over } знак
    [few] { $over } знаки
   *[many] { $over } знаків
}. У Telegram межа 4096 знаків, а під фото чи файлом — 1024.
refused-campaign-variants = Більше { $most } варіантів не буває: людей на кожен лишилося б замало.
refused-campaign-buttons = Більше { $most } кнопок під повідомлення не поставити. Приберіть зайву.
refused-campaign-button = Напишіть підпис і через риску те, що він відкриває: <code>Дивитися | https://example.com</code>
refused-campaign-button-promo = Напишіть підпис і через риску код: <code>Скопіювати код | { $code }</code>
refused-campaign-title = У кнопки має бути підпис: <code>Дивитися | https://example.com</code>
refused-campaign-link = Це не схоже на адресу. Вона починається з https:// і пишеться без пробілів.
refused-campaign-promo = Промокоду «{ $code }» немає. Є: { $known }.
refused-campaign-promo-none = Промокоду «{ $code }» немає: у плейбуку поки жодного. Додайте його в розділ <code>[[promo]]</code>.
refused-campaign-promo-over = Промокод «{ $code }» діє лише по { $day }.
refused-campaign-promo-early = Промокод «{ $code }» діє з { $day }: призначте розсилку на цей день або пізніше.
refused-campaign-promo-spent = Промокод «{ $code }» використано стільки разів, скільки можна.
refused-campaign-past = Цей час уже минув. Назвіть майбутній або запустіть одразу.
refused-campaign-time = Не зрозумів час. Напишіть день і годину: «завтра о 12:00», «25 листопада 18:30».
refused-campaign-person = Нікого не знайшов. Напишіть номер картки, ім’я або телефон інакше.
refused-campaign-not-running = Ця розсилка зараз не йде. Подивіться, що з нею: /broadcasts
refused-campaign-not-paused = Цю розсилку не призупинено. Подивіться, що з нею: /broadcasts
refused-campaign-not-over = Повторити можна завершену розсилку. Дочекайтеся кінця або скасуйте її.
refused-campaign-over = Ця розсилка вже закінчилася.
refused-campaign-recall = Відкликати нічого: розсилка ще не надсилалася або вже відкликана.
refused-placeholder = Підстановки <code>{ $open }{ $what }{ $close }</code> немає. Є: { $known }.
refused-placeholder-like = Підстановки <code>{ $open }{ $what }{ $close }</code> немає. Може, <code>{ $open }{ $nearest }{ $close }</code>? Виправте й надішліть ще раз.
refused-brace = Фігурна дужка без пари. Підстановка пишеться так: <code>{ $open }name|друже{ $close }</code>; саму дужку в тексті краще замінити на круглу.

menu-broadcast = Нова розсилка
menu-broadcasts = Розсилки: як ідуть, звіти

# Звіт про розсилку

campaign-fix = ✏️ Виправити
campaign-ask-fix = Надішліть новий текст: у тих, хто повідомлення вже отримав, воно зміниться на очах, решта отримає одразу нове. Фото й файли лишаються ті самі.
campaign-which-text = Який текст виправити?
campaign-corrected = ✏️ Виправляю: у тих, хто отримав, повідомлення скоро зміниться.
refused-campaign-correct = Виправляти нічого: повідомлення ще не надсилалося або вже відкликане.
campaign-report = 📊 Звіт
campaign-people = 👥 По людях
campaign-sheet = 📄 XLSX
campaign-picture = 🖼 Картинка
campaign-making = Готую, надішлю сюди
campaign-did-presses = 👆 Натиснули: { $count } ({ $share } %)
campaign-did-answers = 💬 Написали у відповідь: { $count } ({ $share } %)
campaign-did-purchases = 🛍 Купили: { $count } ({ $share } %)
campaign-did-unsubscribed = 🔕 Відписалися: { $count } ({ $share } %)
campaign-unseen = про натискання Telegram не повідомляє
campaign-not-reached = Кому не пішло і чому:
campaign-better = 🏆 Варіант { $name } кращий ({ $metric }): випадково таке буває у { $share } % проб.
campaign-not-better = 🤝 Переможця немає. Попереду { $name } ({ $metric }), але така різниця буває і випадково: у { $share } % проб.
campaign-nothing-yet = 🤝 Порівнювати поки нічого ({ $metric }).
campaign-revenue = За { $days } днів після повідомлення купили { $buyers ->
    [one] { $buyers } людина
    [few] { $buyers } людини
   *[many] { $buyers } людей
}, на { $sum }
campaign-beside = 🎛 У контрольній групі ({ $people }) купили { $buyers }, на { $sum }: { $beside } % проти { $share } % у тих, хто отримав.
campaign-extra = ➕ Розсилка принесла приблизно { $sum } понад те, що купили б і без неї (випадково така різниця в покупцях буває у { $share } % випадків).
campaign-extra-chance = ≈ Різниця з контрольною групою: { $sum }. Вона може бути й випадковою: така буває у { $share } % випадків.
campaign-state-planned = чекає черги
campaign-state-waiting = чекає переможця
campaign-state-queued = у черзі на відправлення
campaign-state-sent = надіслано
campaign-state-failed = не доставлено
campaign-state-unknown = невідомо, чи дійшло
campaign-state-skipped = не надсилали
campaign-state-cancelled = скасовано
campaign-state-control = контрольна група
campaign-why-no-consent = немає згоди
campaign-why-unreachable = бот не може написати
campaign-why-paused = людина попросила паузу
campaign-why-topic = відмова від теми
campaign-why-topic-off = відмова від теми
campaign-why-spam = спам
campaign-why-cap = нещодавно вже отримував
campaign-why-gap = зарано після попереднього
campaign-why-quiet-hours = тихі години
campaign-why-day-off = вихідний
campaign-why-too-late = час минув
campaign-why-outdone = пішло важливіше
campaign-why-blocked = заблокував бота
campaign-why-deactivated = видалив акаунт
campaign-why-not-found = чат не знайдено
campaign-why-never-started = не запускав бота
campaign-why-refused = Telegram відмовив
campaign-why-mistake = повідомлення не склалося
campaign-why-doubt = зв’язок обірвався під час відправлення
campaign-chart-of = Надіслано: { $count }
campaign-chart-sent = Надіслано
campaign-chart-presses = Натиснули
campaign-chart-answers = Відповіли
campaign-chart-purchases = Купили
campaign-chart-unsubscribed = Відписалися
campaign-column-contact = Картка
campaign-column-name = Ім’я
campaign-column-username = Нік
campaign-column-variant = Варіант
campaign-column-state = Що сталося
campaign-column-reason = Чому
campaign-column-sent = Надіслано
campaign-column-pressed = Натиснув
campaign-column-replied = Відповів
campaign-column-unsubscribed = Відписався
campaign-column-recalled = Відкликано
campaign-column-revenue = Купив на

// What the guide says, in three languages. Every language has the same keys (a test compares them).
// Words of the bot's own buttons are described, not quoted: they follow the language of the person who presses.

export const GUIDE = {
  en: {
    title: "Five minutes with Kartoteka",
    lead: "Every column is somebody's Telegram. The bot in it is the real one.",
    dismiss: "Hide the guide",
    done: "Mark the step as done",
    show: "Show me",
    request_title: "Leave a request",
    request_text: "You are Olga, a customer. Press Start, choose what you need and answer the bot's questions.",
    take_title: "Take it",
    take_text: "You are the manager. The request is already in the team's chat: take it, open the card, add a tag.",
    remind_title: "Find and remind",
    remind_text:
      "Write a name or the last digits of a phone. On the card, set a reminder for tomorrow, then move the clock above until it comes.",
    finish_title: "Finish the request",
    finish_text:
      "Press the done button of the request and move the clock a day at a time until Olga is asked how it went: as a rule the next day, in courses after a week. A jump over weeks swallows messages that are only of use for days.",
    rate_title: "Rate it badly",
    rate_text: "As Olga, give one star. The manager hears about it at once.",
  },
  uk: {
    title: "П’ять хвилин із Картотекою",
    lead: "Кожна колонка — чийсь Telegram. Бот у ній справжній.",
    dismiss: "Сховати підказки",
    done: "Позначити крок виконаним",
    show: "Показати",
    request_title: "Залиште заявку",
    request_text:
      "Ви — Ольга, клієнтка. Натисніть «Почати», оберіть, що потрібно, і дайте відповідь на запитання бота.",
    take_title: "Візьміть її",
    take_text: "Ви — менеджер. Заявка вже в чаті команди: візьміть її, відкрийте картку, додайте мітку.",
    remind_title: "Знайдіть і нагадайте",
    remind_text:
      "Напишіть ім’я або останні цифри телефону. На картці поставте нагадування на завтра й переводьте годинник угорі, доки воно не прийде.",
    finish_title: "Завершіть заявку",
    finish_text:
      "Натисніть кнопку завершення під заявкою і переводьте годинник по одному дню, доки бот не запитає Ольгу, як усе пройшло: зазвичай наступного дня, на курсах – за тиждень. Стрибок на кілька тижнів з’їсть повідомлення, що мають сенс лише кілька днів.",
    rate_title: "Поставте погану оцінку",
    rate_text: "Ви знову Ольга: поставте одну зірку. Менеджер дізнається про це одразу.",
  },
  ru: {
    title: "Пять минут с Картотекой",
    lead: "Каждая колонка — чей-то Telegram. Бот в ней настоящий.",
    dismiss: "Скрыть подсказки",
    done: "Отметить шаг выполненным",
    show: "Показать",
    request_title: "Оставьте заявку",
    request_text: "Вы — Ольга, клиентка. Нажмите «Начать», выберите, что нужно, и ответьте на вопросы бота.",
    take_title: "Возьмите её",
    take_text: "Вы — менеджер. Заявка уже в чате команды: возьмите её, откройте карточку, добавьте метку.",
    remind_title: "Найдите и напомните",
    remind_text:
      "Напишите имя или последние цифры телефона. На карточке поставьте напоминание на завтра и переводите часы наверху, пока оно не придёт.",
    finish_title: "Завершите заявку",
    finish_text:
      "Нажмите кнопку завершения под заявкой и переводите часы по одному дню, пока бот не спросит Ольгу, как всё прошло: обычно на следующий день, на курсах – через неделю. Прыжок на несколько недель съест сообщения, которые имеют смысл лишь несколько дней.",
    rate_title: "Поставьте плохую оценку",
    rate_text: "Вы снова Ольга: поставьте одну звезду. Менеджер узнает об этом сразу.",
  },
};

/** The steps in their order, and where each of them happens: in whose column, or in the team's. */
export const STEPS = [
  { id: "request", who: "customer" },
  { id: "take", who: "team" },
  { id: "remind", who: "manager" },
  { id: "finish", who: "team" },
  { id: "rate", who: "customer" },
];

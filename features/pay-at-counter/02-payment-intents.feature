Feature: Payment intents
  Creation and management of payment intents, with item lines and webhooks.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-PI-01 @mandatory
  Scenario: [Create] Payment intent (Auto)
    Given a card machine whose next card is contactless
    When the POS takes a sale of £A
    Then the payment intent was asked for with the capture mode "Auto"
    And the payment intent has the capture mode "Auto"
    Given a card machine whose next card is contactless
    When the POS takes a sale of £B
    Then the payment intent has the capture mode "Auto"
    And each payment intent has a reference of its own
    When the POS takes a sale of €C, if it sells in euros

  @PAC-PI-02 @optional
  Scenario: [Create] Payment intent (Manual) [Optional]
    Given a card machine whose next card is contactless
    When the POS authorises £A
    Then the payment intent was asked for with the capture mode "Manual"
    And the payment intent has the capture mode "Manual"

  @PAC-PI-03 @mandatory
  Scenario: [Retrieve] Payment intent
    Given a card machine whose next card is contactless
    When the POS takes a sale of £A
    Then the terminal session ends as "Captured"
    And the POS has read the payment intent after the end
    And the POS shows the outcome "Captured"
    And the POS has recorded a sale of £A

  @PAC-PI-04 @optional
  Scenario: [Change] Payment intent amount [Optional]
    Given a card machine whose next card is contactless
    When the POS authorises £A
    And the session has ended
    And the amount is changed to £B on the POS
    Then the POS has sent the new amount of £B
    And the amount of the payment intent is £B

  @PAC-PI-05 @optional
  Scenario: [Cancel] Payment intent [Optional]
    Given a card machine whose next card is declined
    When the POS takes a sale of £A
    And the session has ended
    And the open payment is cancelled on the POS
    Then the POS has cancelled the payment intent
    And the payment intent is cancelled

  @PAC-PI-06 @optional
  Scenario: [List] All Payment intents [Optional]
    Given an account with more payment intents than a page of the list holds
    When all payments are listed on the POS
    Then the POS has asked for all pages of the list
    And no payment intent is missing and none comes twice

  @PAC-PI-07 @mandatory
  Scenario: Create Payment intent - MOTO (CNP)
    Given a card machine whose next card is keyed in
    When the POS takes a sale of £A without the cardholder
    Then the payment intent says that the cardholder is not present
    And the card machine asks for the card number
    And the terminal session ends as "Captured"
    And the card machine did not ask for a card
    And the card was keyed in
    And the POS shows the outcome "Captured"

  @PAC-PI-08 @mandatory
  Scenario: itemLines
    Given a card machine whose next card is inserted
    When the POS sells this basket:
      | item            | quantity | price | modifier         | amount |
      | Flat white      | 1        | £A    | Oat milk         | £B     |
      | Lunch menu      | 1        | £C    | Student discount | -£D    |
      | Sparkling wine  | 3        | £E    | Gift bag         | £F     |
    Then the item lines and modifiers were sent and add up
    And the POS shows the item lines and the discount

  @PAC-PI-09 @mandatory
  Scenario: Webhooks
    Given a card machine whose next card is contactless
    When the POS subscribes to events
    And the POS takes a sale of £A
    And the session has ended
    Then the subscription is there
    And the API has signed the events that it sends
    And the POS accepts an event that is genuine and refuses one that is forged

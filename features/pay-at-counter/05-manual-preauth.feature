Feature: [Manual] Create terminal session - Preauth
  Payments that are authorized first and captured later, with a final amount that may have grown.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-AUTH-01 @mandatory
  Scenario: Create terminal session - Successful with inserting card
    Given a card machine whose next card is inserted
    When the POS authorises £A
    Then the terminal session ends as "Authorized"
    And the card was inserted
    And the POS shows the outcome "Authorized"

  @PAC-AUTH-02 @mandatory
  Scenario: Create terminal session - Successful with contactless
    Given a card machine whose next card is contactless
    When the POS authorises £A
    Then the terminal session ends as "Authorized"
    And the card was tapped
    And the POS shows the outcome "Authorized"
    Given a card machine whose next card is a phone
    When the POS authorises £B
    Then the terminal session ends as "Authorized"
    And the card was tapped
    And the device was verified
    And the POS shows the outcome "Authorized"

  @PAC-AUTH-03 @mandatory
  Scenario: Create terminal session - Successful with different card type
    Given a card machine whose next card is a "VISA" card
    When the POS authorises £A
    Then the terminal session ends as "Authorized"
    And the POS shows the outcome "Authorized"
    Given a card machine whose next card is a "MASTERCARD" card
    When the POS authorises £B
    Then the terminal session ends as "Authorized"
    And the POS shows the outcome "Authorized"
    And the two cards were of different types

  @PAC-AUTH-04 @mandatory
  Scenario: Create terminal session - Declined
    Given a card machine whose next card is declined
    When the POS authorises £A
    Then the terminal session ends as "Declined"
    And the POS shows the outcome "Declined"
    Given a card machine whose next card is inserted
    When the payment is tried again on the POS
    Then the POS has used the same payment intent
    And the terminal session ends as "Authorized"
    And the POS shows the outcome "Authorized"

  @PAC-AUTH-05 @mandatory
  Scenario: Update intent - Successful with increasing amount
    Given a card machine whose next card is contactless
    When the POS authorises £A
    And the session has ended
    And the amount is changed to £B on the POS
    Then the POS has sent the new amount of £B
    And the answer says that £B are authorized
    And the amount of the payment intent is £B
    And the POS shows the new amount of £B
    When the amount is changed to £C on the POS
    Then the POS has sent the new amount of £C
    And the answer says that £C are authorized
    And the amount of the payment intent is £C
    And the POS shows the new amount of £C
    And the POS shows the outcome "Authorized"
    When the payment is captured on the POS
    Then the POS has captured £C
    And the POS shows the outcome "Captured"
    Given a card machine whose next card is contactless
    When the POS authorises £D
    And the session has ended
    And £E of it are captured on the POS, if it offers that

  @PAC-AUTH-06 @mandatory
  Scenario: Update intent - Unsuccessful amount change
    Given a captured sale of £A
    When the amount of the captured payment is changed to £B on the POS
    Then the change is refused because the payment is captured
    And the POS shows the error of the API
    And the amount of the payment intent is still £A

  @PAC-AUTH-07 @mandatory
  Scenario: Update intent - Failure with non-existing payment intent id
    Given a POS that is set up with an API key
    When the amount of a payment that does not exist is changed to £A on the POS
    Then the user is protected from changing a payment that does not exist
    And the POS shows the error of the API, if it sent the change

  @PAC-AUTH-08 @mandatory
  Scenario: Update intent - Failure when updating amount to zero
    Given a card machine whose next card is contactless
    When the POS authorises £A
    And the session has ended
    And the amount is changed to nothing on the POS
    Then the user is protected from changing the amount to nothing
    And the POS shows the error of the API, if it sent the change
    And the amount of the payment intent is still £A

Feature: [Auto] Create terminal session - Sale
  Sales that are captured at once, with every end that they can have.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-SALE-01 @mandatory
  Scenario: Create terminal session - Successful while inserting card
    Given a card machine whose next card is inserted
    When the POS takes a sale of £A
    Then the terminal session ends as "Captured"
    And the card was inserted
    And the POS shows the outcome "Captured"

  @PAC-SALE-02 @mandatory
  Scenario: Create terminal session - Successful with cashback
    Given a card machine whose next card is inserted after a moment
    When the POS takes a sale of £A with cashback of £B
    Then the cashback was asked for apart from the amount
    And the card machine asks for £A + £B
    And the terminal session ends as "Captured"
    And the total of the payment is £A + £B
    And the POS shows the outcome "Captured"
    And the POS has recorded the cashback

  @PAC-SALE-03 @mandatory
  Scenario: Create terminal session - Successful with gratuity
    Given a card machine whose next card is inserted
    When the POS takes a sale of £A with a gratuity of £B, if it offers one
    Then the gratuity was asked for apart from the amount
    And the terminal session ends as "Captured"
    And the total of the payment is what was asked for
    And the POS shows the outcome "Captured"
    And the POS has recorded the gratuity
    Given a card machine whose next card is inserted with a gratuity of £D
    When the POS takes a sale of £C
    Then the terminal session ends as "Captured"
    And the total of the payment is £C + £D
    And the POS shows the outcome "Captured"
    And the POS has recorded the gratuity of the card machine

  @PAC-SALE-04 @mandatory
  Scenario: Create terminal session - Successful with contactless
    Given a card machine whose next card is contactless
    When the POS takes a sale of £A
    Then the terminal session ends as "Captured"
    And the card was tapped
    And the POS shows the outcome "Captured"

  @PAC-SALE-05 @mandatory
  Scenario: Create terminal session - Successful with signature
    Given a card machine whose next card needs a signature
    When the POS takes a sale of £A
    Then the POS asks for the signature to be accepted or rejected
    When the operator accepts the signature
    Then the POS has sent the decision "accepted"
    And the terminal session ends as "Captured"
    And the POS has followed its decision to the end
    And the POS shows the outcome "Captured"

  @PAC-SALE-06 @mandatory @waits
  Scenario: Create terminal session - Successful with signature after 80 seconds
    Given a card machine whose next card needs a signature
    When the POS takes a sale of £A
    Then the POS asks for the signature
    When the operator does not decide for 80 seconds
    Then the POS has sent no decision
    And the POS has polled and kept the dialogue open throughout
    And the signature is finalised by time-out
    And the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"

  @PAC-SALE-07 @mandatory
  Scenario: Create terminal session - Declined
    Given a card machine whose next card is declined
    When the POS takes a sale of £A
    Then the terminal session ends as "Declined"
    And the POS shows the outcome "Declined"
    Given a card machine whose next card is inserted
    When the payment is tried again on the POS
    Then the POS has used the same payment intent
    And the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"

  @PAC-SALE-08 @mandatory
  Scenario: Create terminal session - Unsuccessful with signature rejection
    Given a card machine whose next card needs a signature
    When the POS takes a sale of £A
    Then the POS asks for the signature to be accepted or rejected
    When the operator rejects the signature
    Then the POS has sent the decision "rejected"
    And the terminal session ends as "Declined"
    And the POS has followed its decision to the end
    And the POS shows the outcome "Declined"

  @PAC-SALE-09 @mandatory @waits
  Scenario: Create terminal session - Late signature rejection after 80 seconds
    Given a card machine whose next card needs a signature
    When the POS takes a sale of £A
    Then the POS asks for the signature
    When the operator does not decide for 80 seconds
    Then the POS has sent no decision
    And the signature is finalised by time-out
    When the operator rejects the signature too late
    Then the late rejection changes nothing
    And the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"

  @PAC-SALE-10 @mandatory
  Scenario: Create terminal session - Failure with busy terminal
    Given a card machine that is in its menu
    When the POS takes a sale of £A
    Then the sale is refused because the card machine is not available
    And the POS shows that the card machine is not available
    When the POS looks up the card machines, if it offers that
    Then the POS calls no card machine available that is not

  @PAC-SALE-11 @mandatory
  Scenario: Create terminal session - Cancel transaction from PDQ
    Given a card machine on which the next payment is cancelled
    When the POS takes a sale of £A
    Then the terminal session ends as "Canceled"
    And the POS has sent no cancellation
    And the POS shows the outcome "Canceled"

  @PAC-SALE-12 @mandatory
  Scenario: Create terminal session - Cancel transaction from POS - Successful
    Given a card machine whose next card is not presented for a long time
    When the POS takes a sale of £A
    And the operator cancels before the card is presented
    Then the POS has sent the cancellation before the card was presented
    When the customer presents the card all the same
    Then the terminal session ends as "Canceled"
    And the POS has confirmed the end by polling
    And the POS shows the outcome "Canceled"

  @PAC-SALE-13 @mandatory
  Scenario: Create terminal session - Cancel transaction from POS - Unsuccessful
    Given a card machine whose next card is presented and whose PIN takes a long time
    When the POS takes a sale of £A
    And the operator cancels after the card was presented
    Then the POS has sent the cancellation after the card was presented
    And the API has refused the cancellation
    And the POS tells why the payment could not be cancelled
    When the customer enters the PIN
    Then the terminal session ends as "Captured"
    And the POS has confirmed the end by polling
    And the POS shows the outcome "Captured"

  @PAC-SALE-14 @mandatory @waits
  Scenario: Create terminal session - Expired
    Given a card machine that is lost during the payment
    When the POS takes a sale of £A
    Then the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    And the POS offers to record the sale by hand or to try again
    When the operator records the sale by hand
    Then the POS has recorded a sale of £A by hand
    Given a card machine that is lost during the payment
    When the POS takes a sale of £B
    Then the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    Given a card machine whose next card is contactless
    When the payment is tried again on the POS
    Then the POS has used the same payment intent
    And the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"

  @PAC-SALE-15 @mandatory @waits
  Scenario: Terminal session - polling rate
    Given a card machine whose next card is inserted after a while
    When the POS takes a sale of £A
    Then the terminal session ends as "Captured"
    And the POS has polled about once per second
    And the POS has stopped polling at the end

  @PAC-SALE-16 @mandatory @waits
  Scenario: Terminal session - display notifications
    Given a card machine whose next card is inserted after a moment
    When the POS takes a sale of £A
    Then the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"
    Given a card machine whose next card is not presented for a long time
    When the POS takes a sale of £B
    And the operator cancels before the card is presented
    Then the terminal session ends as "Canceled"
    And the POS shows the outcome "Canceled"
    Given a card machine whose next card needs a signature
    When the POS takes a sale of £C
    Then the POS asks for the signature
    When the operator accepts the signature
    Then the terminal session ends as "Captured"
    And the POS shows the outcome "Captured"
    And the API has reported the prompts of the card machine, and the POS has shown them

Feature: [Auto] Create terminal session - Refund
  Refunds on the card machine: unlinked, and matched to the payment that they pay back.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-RFS-01 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Successful]
    Given a card machine whose next card is inserted
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the terminal session ends as "Captured"
    And the POS shows the outcome "Refunded"
    And the POS never said that something was paid

  @PAC-RFS-02 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Declined]
    Given a card machine whose next card is declined
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the terminal session ends as "Declined"
    And the POS shows the outcome "Declined"
    And the POS never said that something was paid

  @PAC-RFS-03 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Expired]
    Given a card machine that is lost during the payment
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    And the POS asks its user to check the card machine
    And the POS offers to record the sale by hand or to try again
    When the operator records the refund by hand
    Then the POS has recorded a refund of £A by hand
    And the POS never said that something was paid

  @PAC-RFS-04 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Cancelled]
    Given a card machine on which the next payment is cancelled
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the terminal session ends as "Canceled"
    And the POS has sent no cancellation
    And the POS shows the outcome "Canceled"
    And the POS never said that something was paid

  @PAC-RFS-05 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Successful with signature accepted]
    Given a card machine whose next card needs a signature
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the POS asks for the signature to be accepted or rejected
    When the operator accepts the signature
    Then the POS has sent the decision "accepted"
    And the terminal session ends as "Captured"
    And the POS has followed its decision to the end
    And the POS shows the outcome "Refunded"
    And the POS never said that something was paid

  @PAC-RFS-06 @mandatory
  Scenario: Create terminal session [Unlinked Refund - Unsuccessful with signature rejected]
    Given a card machine whose next card needs a signature
    When the POS refunds £A without a payment
    Then the POS has asked for an unlinked refund of £A
    And the POS asks for the signature to be accepted or rejected
    When the operator rejects the signature
    Then the POS has sent the decision "rejected"
    And the terminal session ends as "Declined"
    And the POS has followed its decision to the end
    And the POS shows the outcome "Declined"
    And the POS never said that something was paid

  @PAC-RFS-07 @mandatory
  Scenario: Create terminal session [Matched Refund - Successful]
    Given a captured sale of £A
    And a card machine whose next card is inserted
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the terminal session ends as "Captured"
    And the POS has read the payment intent after the refund
    And the payment intent is refunded with £A
    And the POS shows the outcome "Refunded"
    And the POS never said that something was paid

  @PAC-RFS-08 @mandatory
  Scenario: Create terminal session [Matched Refund - Declined]
    Given a captured sale of £A
    And a card machine whose next card is declined
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the terminal session ends as "Declined"
    And nothing is refunded
    And the POS shows the outcome "Declined"
    And the POS never said that something was paid

  @PAC-RFS-09 @mandatory
  Scenario: Create terminal session [Matched Refund - Expired]
    Given a captured sale of £A
    And a card machine that is lost during the payment
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    And the POS asks its user to check the card machine
    And the POS offers to record the sale by hand or to try again
    And nothing is refunded
    When the operator records the refund by hand
    Then the POS has recorded a refund of £A by hand
    And the POS never said that something was paid

  @PAC-RFS-10 @mandatory
  Scenario: Create terminal session [Matched Refund - Cancelled]
    Given a captured sale of £A
    And a card machine on which the next payment is cancelled
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the terminal session ends as "Canceled"
    And the POS has sent no cancellation
    And nothing is refunded
    And the POS shows the outcome "Canceled"
    And the POS never said that something was paid

  @PAC-RFS-11 @mandatory
  Scenario: Create terminal session [Matched Refund - Successful with signature accepted]
    Given a captured sale of £A
    And a card machine whose next card needs a signature
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the POS asks for the signature to be accepted or rejected
    When the operator accepts the signature
    Then the POS has sent the decision "accepted"
    And the terminal session ends as "Captured"
    And the POS has followed its decision to the end
    And the payment intent is refunded with £A
    And the POS shows the outcome "Refunded"
    And the POS never said that something was paid

  @PAC-RFS-12 @mandatory
  Scenario: Create terminal session [Matched Refund - Unsuccessful with signature rejected]
    Given a captured sale of £A
    And a card machine whose next card needs a signature
    When the payment is refunded on the card machine
    Then the POS has asked for a matched refund of £A
    And the POS asks for the signature to be accepted or rejected
    When the operator rejects the signature
    Then the POS has sent the decision "rejected"
    And the terminal session ends as "Declined"
    And the POS has followed its decision to the end
    And nothing is refunded
    And the POS shows the outcome "Declined"
    And the POS never said that something was paid

Feature: Refunds
  Refunds on the payment intent, for which the card is not presented again.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-REF-01 @mandatory
  Scenario: Create a full refund
    Given a captured sale of £A
    When the payment is refunded on the POS
    Then the POS has sent a refund of £A
    And the POS has read the payment intent after the refund
    And the payment intent is refunded with £A
    And the POS shows the outcome "Refunded"

  @PAC-REF-02 @mandatory
  Scenario: Create a partial refund
    Given a captured sale of £A
    When £B of the payment are refunded on the POS
    Then the POS has sent a refund of £B
    And the POS has read the payment intent after the refund
    And the payment intent is refunded in part with £B
    And the POS shows the outcome "Refunded"
    And the POS shows that £B were refunded in part
    When £C more of the payment are refunded on the POS, if it offers that
    Then no two refunds have the same key
    When a penny more than is left of the payment is refunded, where the API is certified
    Then the API has refused to give back more than was captured

Feature: Refunds
  Refunds on the payment intent, for which the card is not presented again.

  @PAC-REF-01 @mandatory
  Scenario: Create a full refund
    Given a captured sale of £8.05
    When the payment is refunded on the POS
    Then the POS has sent a refund of £8.05
    And the POS has read the payment intent after the refund
    And the payment intent is refunded with £8.05
    And the POS shows the outcome "Refunded"

  @PAC-REF-02 @mandatory
  Scenario: Create a partial refund
    Given a captured sale of £12.35
    When £4.07 of the payment are refunded on the POS
    Then the POS has sent a refund of £4.07
    And the POS has read the payment intent after the refund
    And the payment intent is refunded in part with £4.07
    And the POS shows the outcome "Refunded"
    And the POS shows that £4.07 were refunded in part
    When £3.01 more of the payment are refunded on the POS, if it offers that
    Then no two refunds have the same key
    When a penny more than is left of the payment is refunded, where the API is certified
    Then the API has refused to give back more than was captured

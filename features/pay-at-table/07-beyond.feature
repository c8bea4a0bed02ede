Feature: Beyond the checklist
  What no row of Dojo's asks for, and a guest or the house loses money by.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @KIT-PAT-01 @extra
  Scenario: The same payment comes again
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays £B of the order over £A, and the POS is asked to record it once more
    Then the POS has counted each payment once
    And the POS has not taken another amount for it

  @KIT-PAT-02 @extra
  Scenario: The same payment comes twice at once
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays £B of the order over £A, and the POS is asked twice at once to record it
    Then the POS has counted each payment once

  @KIT-PAT-03 @extra
  Scenario: More is paid than is owed
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays a penny more than the order over £A
    And guests pay the order over £A in full on two card machines at the same time
    Then the POS has recorded no more than was owed
    And the POS counts nothing that it has refused

  @KIT-PAT-04 @extra
  Scenario: A payment in another currency
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays the order over £A in euros
    Then the POS has refused the other currency
    And the POS counts nothing that it has refused

  @KIT-PAT-05 @extra
  Scenario: A payment for an order that is closed
    Given a POS that has registered with Dojo
    And an order over £A
    And an order over £B
    When a guest pays the order over £A in full
    And a guest pays £C of the order over £A, which is closed
    And the POS voids the order over £B, if it can
    And a guest pays £C of the order over £B, which is closed
    And a guest pays £C of an order that is not there
    Then the POS has refused each payment for an order that is closed

  @KIT-PAT-06 @extra
  Scenario: A stranger calls
    Given a POS that has registered with Dojo
    And an order over £A
    When the POS is called with other credentials, and for an operation that nobody has
    Then the POS has refused the stranger

  @KIT-PAT-07 @extra
  Scenario: The look-up of a payment fails
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays £B of the order over £A while the API is out of order for payment intents
    And a guest pays the rest of the order over £A
    Then the POS counts nothing that it has refused

  @KIT-PAT-08 @extra
  Scenario: A payment past the lock
    Given a POS that has registered with Dojo
    And an order over £A
    When a card machine locks the order over £A
    And a guest pays £B of the order over £A on another card machine, which has no lock
    And the guest leaves the order over £A unpaid
    Then the POS has recorded no payment past the lock

  @KIT-PAT-09 @extra
  Scenario: An event is delivered twice
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays £B of the order over £A, and leaves
    And the event of the payment of the order over £A is delivered twice
    And a card machine searches for payable orders, and chooses each
    Then the POS counts the payment of the event once

Feature: Configuration
  What is stated of the POS, and what it registers and sends besides.

  @PAT-CFG-01 @mandatory
  Scenario: Incorrect authorization credentials.
    Given a POS that has registered with Dojo
    When an API key with one character too many is entered in the POS
    And the POS registers with Dojo once more, if it can
    Then the POS was refused with the wrong key
    And the POS tells its user to check the API key

  @PAT-CFG-02 @mandatory
  Scenario: API Version used.
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays the order over £A in full
    Then every request of the run that needs an API version carries the declared one
    And it is declared that the API version is hard-coded

  @PAT-CFG-03 @mandatory
  Scenario: Minimum version of POS support.
    Then the minimum compatible version of the POS is declared

  @PAT-CFG-04 @mandatory
  Scenario: Implementation.
    Given a POS that has registered with Dojo
    Then it is declared over what Dojo calls the POS, as it has registered

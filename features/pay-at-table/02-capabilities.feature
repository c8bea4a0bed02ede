Feature: Registering capabilities
  What the POS registers with Dojo, and reads of that.

  @PAT-CAP-01 @mandatory
  Scenario: Get all registered capabilities
    Given a POS that has registered with Dojo
    When the POS asks what is registered
    Then the POS has read it from Dojo

  @PAT-CAP-02 @mandatory
  Scenario: Register a new capability.
    Given a POS that has registered with Dojo
    Then all capabilities that are needed at a table are registered
    Given an order over £A
    When each capability that is registered is called for the order over £A
    Then the POS has served each of them

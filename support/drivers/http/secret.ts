/** The variable of the environment that holds what the kit shows a test endpoint, so that nobody else can use it. */
export const secretVariable = 'DOJO_TILL_SECRET';

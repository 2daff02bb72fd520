/**
 * @internal What the controller knows of a screen, for who draws it: whether it adds a method, and what it leads on to.
 */
export { isEnrolling, thenOf } from '../controller/ways.js';

import { Refusal } from "./offer.ts";

/** The server has changed its mind while the content came. */
export class Withdrawn extends Refusal {}

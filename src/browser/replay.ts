// What runs in the page of a replay: the player, with the data that stand in the page.
import type { PageData } from "../pages/replay/pageData.ts";
import { find } from "./replay/dom.ts";
import { Player } from "./replay/player.ts";

new Player(JSON.parse(find("replay").textContent) as PageData);

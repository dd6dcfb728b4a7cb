// The look of the site: VitePress's own, with the font and the colours of the charts.
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

export default DefaultTheme;

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** A running server that `npm run dev -w console` shows the pages of. */
const server = process.env.PERIDIO_DEV_SERVER ?? "http://127.0.0.1:4000";

// Also where a test run builds: what it shows is what people get.
if (process.argv.includes("build")) process.env.NODE_ENV = "production";

/** Pages that the server itself serves under `/console/`, so they come out beside it. */
export default defineConfig({
  base: "/console/",
  plugins: [react(), tailwindcss()],
  worker: { format: "es" },
  build: {
    outDir: "../server/dist/console",
    emptyOutDir: true,
    target: "es2024",
    // Colours are written with light-dark(), which these know.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The server's policy allows nothing within the page, fonts in style sheets included.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: "manifest.json",
  },
  server: { proxy: { "^/(?!console(/|$))": { target: server, changeOrigin: false } } },
});

import { createRoot } from "react-dom/client";
import { $component } from "$source";

createRoot(document.getElementById("root")).render(<$component />);

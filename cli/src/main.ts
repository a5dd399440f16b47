console.log("peridio");

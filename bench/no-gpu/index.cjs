// brain.js looks whether what it got is one of these; nothing ever is.
exports.GPU = class {};
exports.Input = class {};
exports.Texture = class {};

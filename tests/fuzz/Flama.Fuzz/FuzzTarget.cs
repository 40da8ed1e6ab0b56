namespace Flama.Fuzz;

/// <summary>Reads an input of any bytes.</summary>
/// <param name="input">The bytes.</param>
/// <returns>What became of it, in a few words; only typed errors are caught.</returns>
internal delegate string FuzzTarget(byte[] input);

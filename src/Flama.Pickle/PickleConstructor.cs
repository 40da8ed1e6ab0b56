namespace Flama.Pickle;

/// <summary>Makes data of what would be a call in Python. Must check the arguments, and must not walk into them without bound.</summary>
/// <param name="call">What the file wants to call, and with what.</param>
/// <returns>The value, usually <see cref="PickleCall.Inert()"/>.</returns>
public delegate object? PickleConstructor(PickleCall call);

namespace Flama.Pickle.Machine;

/// <content>Looking up classes and functions.</content>
internal ref partial struct PickleMachine
{
    private void PushStackGlobal()
    {
        var name = Pop();
        var module = Pop();
        if (module is not string moduleText || name is not string nameText)
        {
            throw Corrupt($"a class or function is named by {ValueDescription.Of(module)} and {ValueDescription.Of(name)}");
        }

        Push(FindGlobal(moduleText, nameText));
    }

    private void PushGlobalLines()
    {
        var module = ReadName();
        var name = ReadName();
        Push(FindGlobal(module, name));
    }

    private string ReadName() => TextDecoding.Utf8(ReadLine()) ?? throw Corrupt("the name of a class or function is not UTF-8");

    private readonly PickleSymbol FindGlobal(string module, string name)
    {
        budget.AddObject(64, opcodeOffset);
        var known = globals.Find(module, name);
        var global = new GlobalName(module, name);
        if (budget.Auditor is { } auditor)
        {
            budget.AddBytes(256, opcodeOffset);
            return auditor.See(global, known, known is null ? Disallowed(global) : null, opcodeOffset);
        }

        return known ?? throw Disallowed(global);
    }

    private readonly PickleException Disallowed(GlobalName global) => global.Module == "__main__"
        ? new PickleException(
            PickleErrorCode.DisallowedGlobal,
            $"The pickle refers to {ValueDescription.Of(global)} at byte {opcodeOffset}: custom code, defined in the script that wrote "
                + "the file. Python code is never run here.",
            opcodeOffset,
            global,
            "Replace the step with one of scikit-learn, or export the model to ONNX.")
        : new PickleException(
            PickleErrorCode.DisallowedGlobal,
            $"The pickle refers to {ValueDescription.Of(global)} at byte {opcodeOffset} (module '{ValueDescription.Safe(global.Module)}', "
                + $"name '{ValueDescription.Safe(global.Name)}'), which is not among the classes and functions that may be read as data.",
            opcodeOffset,
            global,
            "Drop the step that holds it and save the model again, or export the model to ONNX.");
}

namespace Flama.Pickle.Machine;

/// <content>The errors.</content>
internal ref partial struct PickleMachine
{
    private const string SaveAgain = "Copy the file again in binary mode, or save the model again with pickle.dump or joblib.dump.";
    private const string RaiseLimit = "If the file is trusted, raise the limit in PickleLimits.";

    private readonly PickleException Unsupported(byte opcode)
    {
        var need = opcode switch
        {
            Opcode.PersistentId or Opcode.BinPersistentId => "a persistent id, as torch writes",
            Opcode.Ext1 or Opcode.Ext2 or Opcode.Ext4 => "the extension registry of the program that wrote it",
            Opcode.NextBuffer => "buffers outside the file",
            Opcode.ReadOnlyBuffer when count > fence => "buffers outside the file",
            _ => null,
        };
        return need is null
            ? Corrupt(opcode == Opcode.ReadOnlyBuffer ? "READONLY_BUFFER finds nothing on the stack" : $"0x{opcode:X2} is not an opcode")
            : new PickleException(
                PickleErrorCode.UnsupportedOpcode,
                $"The pickle needs {need} (opcode 0x{opcode:X2} at byte {opcodeOffset}).",
                opcodeOffset,
                remedy: "Save the model with pickle.dump or joblib.dump, without options.");
    }

    private readonly PickleException Corrupt(string what) =>
        new(PickleErrorCode.Corrupt, $"The pickle is damaged at byte {opcodeOffset}: {what}.", opcodeOffset, remedy: SaveAgain);

    private readonly PickleException Truncated(long needed) => new(
        PickleErrorCode.Truncated,
        $"The pickle ends too early: at byte {position} it needs {needed} more bytes and has {Remaining}.",
        position,
        remedy: "Copy or download the file again, in binary mode; its size must be the one of the original.");

    private readonly PickleException TooLarge(string what) =>
        new(PickleErrorCode.LimitExceeded, $"{what}, seen at byte {opcodeOffset}.", opcodeOffset, remedy: RaiseLimit);
}

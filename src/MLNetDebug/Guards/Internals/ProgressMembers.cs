using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>The members of ML.NET's progress tracker: the channels that are open, and the checkpoints trainers sent through them.</summary>
internal sealed class ProgressMembers
{
    public ProgressMembers(Members members, FieldInfo? tracker)
    {
        Tracker = tracker;
        var type = tracker?.FieldType;
        Infos = members.Field(type, "_infos");
        Lock = members.Field(type, "_lock");
        Events = members.Field(type, "_pendingEvents");
        var info = Argument(Infos);
        Index = members.Field(info, "Index");
        IsFinished = members.Field(info, "IsFinished");
        Channel = members.Field(info, "Channel");
        Owner = members.Field(Channel?.FieldType, "_ectx");
        HeaderAndAction = members.Field(Channel?.FieldType, "_headerAndAction");
        GetProgress = members.Method(Channel?.FieldType, "GetProgress", 0);
        var sent = Argument(Events);
        EventIndex = members.Field(sent, "Index");
        EventTime = members.Field(sent, "EventTime");
        EventEntry = members.Field(sent, "ProgressEntry");
        var entry = GetProgress?.ReturnType;
        Header = members.Field(entry, "Header");
        Progress = members.Field(entry, "Progress");
        Metrics = members.Field(entry, "Metrics");
    }

    public FieldInfo? Tracker { get; }

    public FieldInfo? Infos { get; }

    public FieldInfo? Lock { get; }

    public FieldInfo? Events { get; }

    public FieldInfo? Index { get; }

    public FieldInfo? IsFinished { get; }

    public FieldInfo? Channel { get; }

    /// <summary>The host a channel belongs to.</summary>
    public FieldInfo? Owner { get; }

    public FieldInfo? HeaderAndAction { get; }

    public MethodInfo? GetProgress { get; }

    public FieldInfo? EventIndex { get; }

    public FieldInfo? EventTime { get; }

    public FieldInfo? EventEntry { get; }

    public FieldInfo? Header { get; }

    public FieldInfo? Progress { get; }

    public FieldInfo? Metrics { get; }

    private static Type? Argument(FieldInfo? list) => list?.FieldType.GetGenericArguments().FirstOrDefault();
}

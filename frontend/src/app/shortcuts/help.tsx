import { Modal, Stack, Switch, Title } from "@mantine/core";
import { useState } from "react";

import { text } from "@/text";
import type { Shortcut } from "@/ui/shortcuts";
import { areSingleKeysOn, shortcutsOf, switchSingleKeys } from "@/ui/shortcuts/registry";
import { ShortcutKeys } from "@/ui/shortcuts/ShortcutKeys";

import classes from "./help.module.css";

interface HelpProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Lists every shortcut that holds on the screen below, and switches those of single keys on and off. */
export default function Help({ isOpen, onClose }: HelpProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={text.shortcuts.heading}
      centered
      size="lg"
      radius={14}
      padding="lg"
      classNames={{ title: classes.title, header: classes.header }}
      closeButtonProps={{ "aria-label": text.dialog.close }}
    >
      <Stack gap="lg">
        <Lists />
        <SingleKeys />
      </Stack>
    </Modal>
  );
}

function Lists() {
  const general = shortcutsOf("everywhere");
  const screens = general.filter(({ key }) => key.startsWith("g "));
  const lists = [
    { heading: text.shortcuts.here, shortcuts: shortcutsOf("screen") },
    { heading: text.shortcuts.everywhere, shortcuts: general.filter((one) => !screens.includes(one)) },
    { heading: text.shortcuts.screens, shortcuts: screens },
  ];
  return (
    <div className={classes.lists}>
      {lists
        .filter(({ shortcuts }) => shortcuts.length > 0)
        .map(({ heading, shortcuts }) => (
          <List key={heading} heading={heading} shortcuts={shortcuts} />
        ))}
    </div>
  );
}

function List({ heading, shortcuts }: { heading: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {heading}
      </Title>
      <dl className={classes.list}>
        {shortcuts.map(({ key, label }) => (
          <div key={key} className={classes.row}>
            <dt>{label}</dt>
            <dd className={classes.keys}>
              <ShortcutKeys shortcut={key} />
              <span className={classes.spoken}>{key.replace(" ", ` ${text.shortcuts.then} `)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeys() {
  const [isOn, setOn] = useState(areSingleKeysOn);
  return (
    <Switch
      checked={isOn}
      label={text.shortcuts.singleKeys}
      description={text.shortcuts.singleKeysHint}
      onChange={(event) => {
        switchSingleKeys(event.currentTarget.checked);
        setOn(event.currentTarget.checked);
      }}
    />
  );
}
